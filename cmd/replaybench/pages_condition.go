package main

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// A condition is the device and the line of a reader.
type condition struct {
	name, means string
	width       int64 // of the viewport, in CSS pixels
	height      int64
	density     float64 // device pixels a CSS pixel
	mobile      bool
	slowdown    float64       // of the processor; 1 is none
	latency     time.Duration // before the answer to each request
	down, up    float64       // bytes a second; -1 is no limit
}

// conditions returns those that are measured. The second has the round trip, the
// rate and the processor of Lighthouse's slow 4G
// (https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md),
// without its allowance for connecting, which would make requests dearer still.
func conditions() []condition {
	return []condition{
		{
			name: "here", means: "a window of 1350 x 940, nothing slowed down",
			width: 1350, height: 940, density: 1, slowdown: 1, down: -1, up: -1,
		},
		{
			name: "slow phone", means: "a screen of 412 x 823, 150 ms to each answer, 1.6 Mbit/s down, the processor slowed down 4 times",
			width: 412, height: 823, density: 1.75, mobile: true,
			slowdown: 4, latency: 150 * time.Millisecond, down: 1.6e6 / 8, up: 750e3 / 8,
		},
	}
}

// apply makes the tab of ctx one under this condition.
func (c condition) apply(ctx context.Context) error {
	screen := emulation.SetDeviceMetricsOverrideParams{Width: c.width, Height: c.height, DeviceScaleFactor: c.density, Mobile: c.mobile}
	if _, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, screen); err != nil {
		return err
	}
	processor := emulation.SetCPUThrottlingRateParams{Rate: c.slowdown}
	if _, err := chromedp.Call(ctx, emulation.SetCPUThrottlingRate, processor); err != nil {
		return err
	}
	line := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{
		Latency: float64(c.latency) / float64(time.Millisecond), DownloadThroughput: c.down, UploadThroughput: c.up,
	}}}
	_, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, line)
	return err
}
