package specimen

var networkSubject = subject{
	tags: []string{"networking", "dns"},
	failures: []string{
		"Names Stop Resolving", "Half the Packets Go Astray", "The Tunnel Is Too Narrow", "A Route Wins That Should Not",
		"Connections Die after Five Minutes", "The Load Balancer Forgets", "Ports Run Out", "A Firewall Rule Comes Back",
	},
	contexts: []string{
		"{Service} and {caller} in two zones, {few} resolvers in `{ns}`, and a load balancer that has been there longer than anybody on the team.",
		"An overlay network over {many} nodes; traffic to {caller} leaves by {few} gateways and a tunnel to the data centre.",
	},
	cues: []string{
		"{person}: 'it works if i try it twice. always. why does it always work the second time?'",
		"PagerDuty: 'error rate of {service} to {caller} above {percent} %.'",
		"The data centre, by phone: 'your side sends us half of it, we only see every other packet.'",
	},
	sights: []string{
		"Every lookup from `{ns}` takes 5 seconds, or {few} ms, and nothing in between.",
		"Small requests pass, and everything above {many} KB hangs until its deadline.",
		"`{host}` has {thousands} connections in TIME_WAIT towards one address.",
		"Connections that are idle for five minutes are gone, and neither side has closed them.",
		"Of {few} gateways one answers to pings and drops everything else.",
		"The path to {caller} had {few} hops yesterday and has {many} today.",
		"{Percent} % of requests fail from one zone and none from the other.",
		"The resolvers are at {percent} % CPU, and {many} of {many} lookups are for names that do not exist.",
	},
	best: []step{
		{"Ask each resolver by its own address: `dig +short {host} @10.96.0.10`", "One of {few} does not answer. Clients ask it first in a third of all cases, and wait 5 seconds before they try the next."},
		{"Send packets of growing size: `ping -M do -s 1400 {host}`", "Up to {many} bytes more they pass. The tunnel takes 50 bytes off every packet, and the message that says so is filtered."},
		{"Take the silent gateway out of the set, and watch the errors", "The error rate falls to zero within {seconds} seconds, and the two others are at {percent} % of what they can carry."},
		{"Keep connections alive from the client, every {seconds} seconds", "The balancer no longer takes them for dead. Since {clock} not one has been lost."},
		{"Reuse connections to {caller} rather than opening one a request", "The ports in TIME_WAIT melt from {thousands} to {many}, and connecting costs nothing any more."},
	},
	misses: []step{
		{"Flush every cache of names", "All clients ask at once. The resolvers go from {percent} % to 100, and now everybody waits."},
		{"Restart {service}", "It comes back and works for {few} minutes, as it does after every restart."},
		{"Point clients at a public resolver", "It knows nothing of the names inside. The errors are quicker now."},
		{"Lower the timeout of {caller}", "What took long now fails. The dashboard is a different colour, and customers see the same."},
		{"Roll back the firewall to last month's rules", "They lack the rules for {few} services that did not exist last month. Two more pagers go off."},
		{"Raise the retries from {few} to {many}", "Each lost request becomes {few}; what is left of the link is full of them."},
		{"Replace the network card of `{host}`", "{Minutes} minutes of hands in the data centre. The errors are the same, from a new address."},
		{"Capture all traffic on the gateway", "{Many} GB in {few} minutes, and the disk of the gateway is full before anybody has opened the file."},
	},
	lessons: []string{
		"Measure each resolver and gateway by itself, since an average hides the silent one",
		"Let the message about packet size through, in both directions",
		"Close idle connections on your own side before the balancer does",
		"Draw the path once a quarter, by hand",
		"Give temporary firewall rules an end, and an owner",
	},
}
