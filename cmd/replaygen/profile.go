package main

import (
	"errors"
	"os"
	"runtime"
	"runtime/pprof"

	"github.com/spf13/cobra"
)

// profiles are files to write profiles to, for go tool pprof; "" for none.
type profiles struct{ cpu, memory string }

// add adds the flags, which help does not show: they are for replaygen's developers.
func (p *profiles) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&p.cpu, "cpuprofile", "", "write a profile of the processor time to this file")
	f.StringVar(&p.memory, "memprofile", "", "write a profile of the memory to this file")
	for _, name := range []string{"cpuprofile", "memprofile"} {
		if err := f.MarkHidden(name); err != nil {
			panic(err) // there is such a flag
		}
	}
}

// start begins to measure; stop ends it and writes the files.
func (p *profiles) start() (stop func() error, err error) {
	var cpu *os.File
	if p.cpu != "" {
		if cpu, err = os.Create(p.cpu); err != nil {
			return nil, err
		}
		if err := pprof.StartCPUProfile(cpu); err != nil {
			return nil, errors.Join(err, cpu.Close())
		}
	}
	return func() error {
		var err error
		if cpu != nil {
			pprof.StopCPUProfile()
			err = cpu.Close()
		}
		return errors.Join(err, p.writeMemory())
	}, nil
}

func (p *profiles) writeMemory() error {
	if p.memory == "" {
		return nil
	}
	file, err := os.Create(p.memory)
	if err != nil {
		return err
	}
	runtime.GC() // so that the profile tells what is in use
	return errors.Join(pprof.Lookup("allocs").WriteTo(file, 0), file.Close())
}
