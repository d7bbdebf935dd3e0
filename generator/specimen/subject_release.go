package specimen

var releaseSubject = subject{
	tags: []string{"deployment", "ci-cd"},
	failures: []string{
		"The Canary Looks Fine", "A Flag Is Read Backwards", "The Rollback Does Not Roll Back", "Two Versions Talk Past Each Other",
		"A Default Changes", "The Pipeline Ships Yesterday", "Half the Fleet Is New", "A Secret Is Read Once",
	},
	contexts: []string{
		"{Service} is released {few} times a day by a pipeline with a canary of {percent} %; {caller} is released by another team, on Thursdays.",
		"One image, {few} environments, configuration from a repository of its own that is applied every {minutes} minutes.",
	},
	cues: []string{
		"{person}: 'who released something at {clock}? please say that somebody released something.'",
		"PagerDuty: 'error budget of {service} burns {few} times too fast.'",
		"Support: '{many} tickets in {minutes} minutes, all with the same picture of an empty basket.'",
	},
	sights: []string{
		"The release of {clock} is on {percent} % of the replicas, and the errors are on just as many.",
		"The canary had {few} requests in its {minutes} minutes, and not one of them was of the kind that fails.",
		"The pipeline says `{version}`, and the process says something else when asked.",
		"The flag is on for {percent} % of customers, in the file; in the process it is on for all the others.",
		"The rollback was pressed at {clock}, was green, and changed nothing that anybody can see.",
		"{Caller} sends a field that {service} has renamed; it is taken for absent, and absent means zero.",
		"Between the last good and the first bad release lie {few} changes, and {few} of them are of configuration.",
		"The secret was rotated at {clock}; processes that are older than that still work.",
	},
	best: []step{
		{"Ask what runs, not what was released: `kubectl get pods -n {ns} -o wide`", "{Few} replicas run the release before last. The image tag was moved, and the nodes that had it kept theirs."},
		{"Compare the configuration that the process read with the one in the repository", "They differ in one line, a default that was removed {few} days ago and took effect with the first restart, today."},
		{"Turn the flag off, and let the release be", "Errors end in {seconds} seconds. The code was not wrong, and the meaning of the flag was."},
		{"Pin the image by its digest, and roll it out again", "Every replica has the same digest now, and the same answer."},
		{"Make {service} accept both names of the field until {caller} has been released", "Old and new speak with each other again. The old name can go next week."},
	},
	misses: []step{
		{"Roll back {service}", "The rollout is green. The database has been migrated in the meantime, and the old release does not know the new column."},
		{"Widen the canary, for better numbers", "The numbers are better: {percent} % more customers see the error."},
		{"Roll back {caller} as well", "Its last release was {few} days ago and had nothing to do with it. {Minutes} minutes, and an angry team."},
		{"Build the image again from the same commit", "The same commit with today's base image is another image. Now there are three in play."},
		{"Restart all replicas, so that they read the new secret", "They read it all at once, and the service that hands out secrets allows {many} a minute."},
		{"Freeze all releases and wait", "Nothing changes any more, the errors included."},
		{"Edit the configuration in the cluster by hand", "The errors end, and {minutes} minutes later they are back: the repository is applied again."},
		{"Scale {service} up, to spread the errors", "The new replicas start with the new configuration, so the share of errors rises."},
	},
	lessons: []string{
		"Show the digest of what runs on the first panel of the dashboard",
		"Let the canary run until it has seen every kind of request",
		"Give every flag a name that says what happens when it is on",
		"Rehearse the rollback with a migrated database",
		"Compare the configuration in memory with the repository, every {minutes} minutes",
	},
}
