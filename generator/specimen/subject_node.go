package specimen

var nodeSubject = subject{
	tags: []string{"linux", "kubernetes"},
	failures: []string{
		"The Disk Is Full of Nothing", "Nodes Stop Reporting", "The Kernel Kills the Wrong Process", "Inodes Run Out",
		"One Core Does All the Work", "Pods Are Evicted in Turns", "A Mount Hangs", "Load Rises without Work",
	},
	contexts: []string{
		"{Many} nodes run {service} and {few} other workloads; `{host}` is one of the older ones, with a local disk of {many} GB and no swap.",
		"A cluster of {few} control-plane nodes and {many} workers; {service} has {few} replicas in the namespace `{ns}`.",
	},
	cues: []string{
		"PagerDuty: '{host} NotReady for {few} minutes.'",
		"{person} in the channel: 'why does {service} restart every {few} minutes? who does that?'",
		"The monitoring screen in the kitchen: {few} red squares, then {many}.",
	},
	sights: []string{
		"`df -h` says that {percent} % of the disk is used, and `du` finds half of that.",
		"`{host}` has a load of {many} and its processors are idle: something waits for a disk.",
		"The kubelet on `{host}` last spoke at {clock}; the machine answers to ping.",
		"The kernel has killed {few} processes since {clock}, and the one that grows is not among them.",
		"`df -i` has the last inodes going: {thousands} thousand files of a few bytes each in one directory.",
		"{Few} pods of {service} have been evicted, and the nodes that took them are short of memory now.",
		"Interrupts of the network card all go to one core, which is at 100 %.",
		"A process is in state D for {minutes} minutes and does not react to any signal.",
	},
	best: []step{
		{"List files that are deleted and still open: `lsof +L1`", "One log of {many} GB, deleted by the rotation {few} days ago and still written to by a process that was never told."},
		{"Read the kernel's own account: `dmesg -T | tail -n 40`", "The memory limit of the group was reached at {clock}, {few} MB below what the process needs to start."},
		{"Cordon `{host}`, and move its pods at their own pace: `kubectl drain {host} --ignore-daemonsets`", "{Service} keeps {few} replicas at every moment, thanks to its disruption budget. The node is empty after {minutes} minutes."},
		{"Tell the process to open its log anew: `kill -HUP`", "The kernel gives back {many} GB in the same second. Nothing was restarted, and nothing was lost."},
		{"Set the memory request to what the process really uses", "The scheduler stops putting {few} of them on one node, and the evictions end."},
	},
	misses: []step{
		{"Delete the oldest logs", "{Few} GB, and they are back in {minutes} minutes. The space is not where you look."},
		{"Reboot `{host}`", "It comes back after {minutes} minutes, with the same limit and the same process. The evidence in memory is gone."},
		{"Drain {few} nodes at once, to be quick", "The remaining ones do not have the room. {Many} pods are pending, and some of them belong to {caller}."},
		{"Raise the limit of every container", "The limits were what kept the neighbours alive. The kernel now kills by its own rules."},
		{"Run `kill -9` on what hangs", "A process in state D does not hear you. It waits for a disk, and so does your `ps` now."},
		{"Add swap", "The machine is alive and slow: every request takes {seconds} seconds, and health checks fail where before only memory did."},
		{"Grow the volume by {many} GB", "The same process fills it by {clock}. You have bought {minutes} minutes for money."},
		{"Restart the kubelet", "It reads the same disk and gives up at the same place. In the meantime {few} pods are taken for lost and started twice."},
	},
	lessons: []string{
		"Alert on `df` minus `du`",
		"Rotate logs by signal, and test that the signal arrives",
		"Give every workload a disruption budget",
		"Keep the kernel's messages off the machine as well",
		"Set requests from what was measured over {few} weeks",
	},
}
