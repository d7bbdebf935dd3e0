package specimen

// general is what may be said of any incident.
var general = subject{
	cues: []string{
		"{person}, by direct message: 'the director asks for a time. give me a time.'",
		"The status page, written by somebody else: 'We are looking into it.' It is {minutes} minutes old.",
		"{person}: 'i can also restart it. i would like to restart it. may i?'",
		"A colleague in another time zone: 'going to bed, it is all yours, sorry.'",
		"PagerDuty, again: '{service}: {percent} % of requests failing, was {few} %.'",
		"The bridge call, {many} people, one of them at an airport: 'who is in charge here?'",
		"{person} of support: 'we have stopped counting at {many} tickets.'",
		"Finance, politely: 'we book {thousands} a minute less than usual; is that known?'",
	},
	sights: []string{
		"The dashboard of {service} is green, since it shows averages.",
		"Errors began at {clock} and have been at {percent} % since.",
		"The p99 is {seconds} seconds where it is {ms} ms on other days.",
		"`{host}` and its neighbours disagree about what happened at {clock}.",
		"Nothing was released today, as far as the pipeline knows.",
		"{Caller} retries {few} times and then gives up, so that each failure is seen {few} times.",
		"The health check passes: it asks whether the process is there, and it is.",
		"The log holds the same line {many} times a second, and somewhere in between there is another one.",
		"On call yesterday was {person}, who noted “all quiet, {few} odd timeouts”.",
		"Of {many} replicas, {few} behave; they are the ones that were started last.",
		"The alert itself was changed {few} days ago, and waits for {minutes} minutes now.",
		"Traffic is at {percent} % of the usual for this hour.",
		"A [note in the handbook](https://handbook.example.org/{service}/runbook) describes what to do about it, for the version before.",
		"Whoever asks with `curl -sS -o /dev/null -w '%{http_code}' http://{host}/healthz` gets a 200, and whoever uses the service does not.",
		"`kubectl get events -n {ns} --sort-by=.lastTimestamp` lists {many} events, and {few} of them are new.",
		"The feature was **meant** to be off, and *somebody* has turned it on at {clock}.",
		"A [ticket of last spring](https://tickets.example.org/{ns}/{many}{few}) describes the same, and was closed as “cannot reproduce”.",
		"In the `{ns}` namespace everything is at version `{version}`, or says so.",
		"`uptime` on `{host}` says {many} days; that is longer than anybody on the team has been here.",
		"The two graphs move together, with a delay of {seconds} seconds.",
		"Saturation is where one does not look: {percent} % of the file descriptors of one process are in use.",
		"One customer makes {percent} % of all requests tonight, and always has.",
		"With `{service}` out of the picture, {caller} recovers for {seconds} seconds, and then it does not.",
		"What is new is the pattern, and not the volume: {few} long requests for every {many} short ones.",
		"The runbook has {few} steps, and the third of them begins with “normally”.",
		"Somebody has drawn the system on the whiteboard, without {caller}.",
		"Every {minutes} minutes it is well for {seconds} seconds, and nobody has found out what runs at that pace.",
		"The trace ends in {caller}: {ms} ms are accounted for, and {seconds} seconds are not.",
		"`systemctl status {service}` shows a process that has been running for {few} days and a configuration file that is younger.",
		"Of the last {many} requests, {few} were slow, and all of those came through the same proxy.",
		"The graph has a step at {clock}, and the step has a comment: “see ticket”, without a number.",
		"There are {few} alerts, and {few} of them follow from the others.",
		"The queue of open tickets of the team has {many} entries, one of which says what will happen tonight.",
		"What {person} has tried so far is in the channel, between {many} other messages.",
		"`journalctl -u {service} --since {clock}` has {thousands} lines, and `sort | uniq -c` makes {few} of them.",
		"The error message was written {few} years ago by somebody who was sure that nobody would ever see it.",
		"Latency and errors do not agree: where it is slow it works, and where it is fast it fails.",
		"The dependency on {caller} is optional, according to the design, and has been down for {minutes} minutes.",
		"A copy of the dashboard, made for the board, shows the same numbers with a smile beside them.",
		"The clocks of `{host}` and of the load balancer differ by {seconds} seconds, so the logs have to be read side by side with care.",
	},
	best: []step{
		{"Write down what is known and since when, before changing anything", "The list has {few} entries, and two of them contradict each other. What began at {clock} was not the errors but the waiting."},
		{"Compare one replica that works with one that does not", "They differ in one thing: the time of their start. Whatever is wrong was read at {clock}."},
		{"Take {service} out of the path for one minute, and watch {caller}", "{Caller} recovers in {seconds} seconds. So the cause lies on this side of it, and half the people on the call can go home."},
		{"Undo the one change that fits the time, and only that", "The graph bends at once. You leave everything else as it is, so that there is something to read tomorrow."},
		{"Shed load: refuse {percent} % of the requests at the gateway, with a clear answer", "Those who get in are served, in {ms} ms. It is not mended, and it is bearable."},
	},
	misses: []step{
		{"Wait for {minutes} minutes; it may go away", "It does not go away. {Minutes} minutes are on the clock, and nothing is known that was not known before."},
		{"Page everybody", "{Many} people join the call, and each asks what is going on. Explaining takes {minutes} minutes."},
		{"Restart everything that has {service} in its name", "For {seconds} seconds the graph looks as if it had helped. Then the caches are cold as well."},
		{"Silence the alert", "It is quiet. It is as broken as before, and nobody is told."},
		{"Double the replicas of {caller}", "The new ones wait as the old ones do, with {many} more connections to what is slow."},
		{"Roll back what was released last, whatever it was", "It was a change of a text in a footer. The footer is as it was, and so is the incident."},
		{"Turn on debug logging everywhere", "The log grows by {many} GB in {few} minutes, and the disk of `{host}` has its own opinion about that."},
		{"Move the traffic to the other region", "The other region has the same configuration, and with twice the traffic it fails in {few} minutes."},
	},
	lessons: []string{
		"Record the first minute of every incident: what was seen, by whom, at what time",
		"Say on the dashboard of {service} what its customers wait for, and not what its processes do",
		"Let the health check do what a customer does",
		"Decide beforehand who may shed load, and how much",
		"Keep a list of what is *not* the cause, with times",
		"Rehearse this with {caller} in {few} weeks",
	},
}

var (
	services = [...]string{
		"checkout", "billing", "search", "inventory", "pricing", "shipping", "ledger", "catalogue", "identity", "session",
		"thumbnail", "notification", "geocoder", "timetable", "booking", "telemetry", "invoice", "payout", "coupon", "rating",
		"upload", "archive", "translation", "scheduler", "quota", "consent", "webhook", "export", "forecast", "dispatch",
		"metering", "loyalty", "refund", "document", "recommendation", "subscription", "gateway", "avatar", "audit", "feed",
	}
	occasions = [...]string{
		"after the Failover", "during the Sale", "on a Bank Holiday", "before the Board Meeting", "at the End of the Month",
		"while the Bridge Is Quiet", "on Moving Day", "in the Night of the Upgrade", "with Nobody Watching", "for the Second Time",
		"under Twice the Load", "a Week after the Audit", "on the First of May", "between Two Releases", "at Half Past Three",
		"as the Region Drains",
	}
	roundTitles = [...]string{
		"The Page", "A First Look", "What Changed", "Narrowing Down", "The Wrong Graph", "Two Theories", "A Second Alarm",
		"The Quiet Part", "Under the Lid", "Stop the Bleeding", "The Actual Cause", "Putting It Back", "One More Thing",
		"Who Waits for Whom", "The Long Way Round", "Evidence", "A Handover", "The Obvious Suspect", "Half an Answer", "Before It Spreads",
	}
	closingTitles = [...]string{"Make It Stay Fixed", "The Morning After", "Remediation", "What We Keep", "Follow-Up", "Close the Loop"}
	roles         = [...]string{
		"On call for the platform, in your second week", "Backend engineer on call for {service}", "Site reliability engineer, secondary on call",
		"The only one awake who has access to `{host}`", "Incident commander, with {few} engineers on the bridge", "Database administrator on loan to the team of {service}",
	}
	people       = [...]string{"Ines", "Tomasz", "Priya", "Jonas", "Amara", "Luca", "Mei", "Sofia", "Yusuf", "Hanna", "Kofi", "Elif"}
	authors      = [...]string{"Ines Example", "Tomasz Sample", "Priya Placeholder", "Jonas Muster", "Amara Specimen"}
	difficulties = [...]string{"beginner", "intermediate", "advanced"}
	areas        = [...]string{"prod", "core", "edge", "shared", "apps", "eu-west", "payments", "platform"}
	endings      = [...]string{"Data lost", "Locked out", "The long outage", "Called off too early", "A bigger incident"}
	primers      = [...]string{"Reading a latency graph", "Safe restarts", "Queues and back pressure", "What a timeout means", "Rollbacks that work", "How to read a plan"}
)
