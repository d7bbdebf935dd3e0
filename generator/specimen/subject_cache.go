package specimen

var cacheSubject = subject{
	tags: []string{"caching", "performance"},
	failures: []string{
		"Everything Expires at Once", "The Hit Rate Halves", "One Key Is Hot", "Old Prices Come Back",
		"The Cache Evicts What It Needs", "Misses Are Cached", "A Warm-Up Melts the Origin", "Keys Collide",
	},
	contexts: []string{
		"{Service} answers {percent} % of its requests from a cluster of {few} Redis nodes; the rest go to {caller}, which was built for just that rest.",
		"Two layers of cache, one in the process and one on `{host}`, with lifetimes of {seconds} seconds and {minutes} minutes.",
	},
	cues: []string{
		"PagerDuty: '{caller} saturated, hit rate of {service} {percent} %.'",
		"{person}: 'every {minutes} minutes, on the minute. you could set a watch by our outages.'",
		"Sales, in capitals: 'the web shop has the prices of last week.'",
	},
	sights: []string{
		"The hit rate was 98 % until {clock} and is {percent} % since.",
		"{Caller} gets {many} times the requests that it was built for, and answers {percent} % of them.",
		"The latency has a peak every {minutes} minutes, as sharp as a comb.",
		"One of {few} cache nodes is at 100 % CPU, and the others are at {few} %.",
		"Memory is full, {many} keys a second are evicted, and most of them are asked for again within {few} seconds.",
		"The same key has two values, depending on who asks.",
		"{Thousands} keys share one expiry, to the second: they were written by the same job.",
		"An empty answer was stored at {clock} and is served ever since, to everybody, with a lifetime of a day.",
	},
	best: []step{
		{"Count by key before touching anything: `redis-cli --hotkeys`", "One key takes {percent} % of all reads: the settings of the start page, which change once a week."},
		{"Let one caller refresh a key while the others get the old value", "{Caller} sees one request where it saw {many}. The peaks are gone at the next turn."},
		{"Spread the lifetimes by {percent} % at random", "The next expiry is a slope and not a cliff. {Caller} stays at {percent} % of what it can do."},
		{"Delete the one stored miss, and store misses for {few} seconds only", "The next request asks the origin and gets an answer, and everybody sees it."},
		{"Put the version of the format into the key", "Old and new processes stop reading each other's values. The hit rate is back in {minutes} minutes."},
	},
	misses: []step{
		{"Flush the cache", "Now every request is a miss. {Caller} goes from struggling to gone."},
		{"Add {few} nodes to the cluster", "The keys are dealt out anew, so most of them are misses for the next {minutes} minutes; the hot one is hot on another node."},
		{"Double the lifetime of everything", "Old prices live twice as long, and everything still expires together, only less often."},
		{"Let {service} try again {few} times when {caller} fails", "Each failure is now {few} requests. {Caller} was at its limit, and this is beyond it."},
		{"Warm the cache with the job of last year", "It writes {thousands} keys in {seconds} seconds, of which nobody asks for more than {many}, and evicts those that were asked for."},
		{"Turn off the cache in the process", "All of it lands on `{host}`, whose network card has not been so busy since it was built."},
		{"Raise the memory limit of the cache nodes", "The node does not have that much, and the kernel stops the process. {Few} minutes without that node."},
		{"Give {caller} more replicas", "They start in {minutes} minutes, against a database that has no connections left for them."},
	},
	lessons: []string{
		"Spread lifetimes at random wherever many keys are written together",
		"Load-test {caller} without its cache once a quarter",
		"Limit how many callers may refresh one key",
		"Store misses briefly, and errors never",
		"Alert on the hit rate by kind of key",
	},
}
