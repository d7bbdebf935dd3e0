package specimen

var databaseSubject = subject{
	tags: []string{"postgresql", "database"},
	failures: []string{
		"Connections Run Out", "The Replica Falls Behind", "An Index Goes Missing", "Vacuum Never Finishes",
		"One Row Holds Everybody Up", "The Planner Changes Its Mind", "Write-Ahead Logs Fill the Disk", "Sequences Reach Their End",
	},
	contexts: []string{
		"{Service} on one PostgreSQL primary, `{host}`, with {few} streaming replicas; {many} connections through a pooler, and {thousands} transactions a minute.",
		"A shared database of {few} TB behind {service}, {caller} and {few} reports that nobody has owned since the reorganisation.",
	},
	cues: []string{
		"PagerDuty: 'p99 of {service} above {seconds} s, pool wait {percent} %.'",
		"{person}, by text: 'is it the database? it is always the database. is it?'",
		"The {caller} channel: 'every write hangs, reads are fine, we changed nothing.'",
	},
	sights: []string{
		"`{host}` is at {percent} % CPU, and {many} of its sessions are active.",
		"One transaction is {minutes} minutes old; it is idle and belongs to a report.",
		"The replica is {seconds} seconds behind, and the distance grows by a second every {few} seconds.",
		"The slow query log has one statement {many} times, and yesterday it was not in the log at all.",
		"The table behind {service} has {thousands} thousand rows, and {percent} % of them are dead.",
		"`pg_wal` has grown to {many} GB; a replication slot that nobody reads keeps it.",
		"All {many} connections in the pool of {service} are in use, and the wait for one is {seconds} seconds.",
		"The last successful autovacuum of the table was {few} days ago, and it has been cancelled {few} times since.",
	},
	best: []step{
		{"Ask who waits for whom, in `pg_stat_activity` and `pg_blocking_pids`", "{Many} sessions wait for one, and that one waits for a person: a transaction that was opened by hand at {clock} and never closed."},
		{"End the one session that holds the lock, with `pg_terminate_backend`", "The line moves within a second. The pool of {service} is at {percent} % after a minute, and falling."},
		{"Compare the plan with yesterday's: `EXPLAIN (ANALYZE, BUFFERS)`", "The planner expects {few} rows and gets {thousands}; since the statistics were lost it loops where it used to hash."},
		{"Collect statistics on the one table, and watch the plan", "`ANALYZE` takes {seconds} seconds. The next execution takes {ms} ms, as it did last week."},
		{"Drop the replication slot of the machine that was retired", "`pg_wal` shrinks by {many} GB at the next checkpoint, and the disk is at {percent} % where it was at 97."},
	},
	misses: []step{
		{"Raise `max_connections` and restart the primary", "The restart throws everybody out, and everybody comes back at once. There is more room in the waiting line, and the wait is longer."},
		{"Fail over to the replica", "The replica is {seconds} seconds behind, and what it has not received is lost if you go on. You stop, {minutes} minutes later."},
		{"Kill the longest query", "It was the nightly export, which holds nothing that others want. It begins again, from the start."},
		{"Add an index on the column in the slow log", "Building it takes a lock that waits behind the same transaction, and now every writer waits behind the build."},
		{"Turn off autovacuum for the busy table", "The load falls by {few} %. The dead rows are {percent} % and go on growing, and so does every scan."},
		{"Restart the pooler", "{Many} clients reconnect in the same second. The database spends its time on handshakes, and the lock is still held."},
		{"Route reads to the primary, to take the replica out", "The primary has {percent} % more to do, and the replica that nobody asks is still behind."},
		{"Give the primary a larger machine", "The change takes a reboot of {minutes} minutes. It comes back with more processors that wait for the same lock."},
	},
	lessons: []string{
		"Set `idle_in_transaction_session_timeout` for people as well as for programs",
		"Alert on the age of the oldest transaction",
		"Set `lock_timeout` in every migration",
		"Review replication slots whenever a machine is retired",
		"Keep the plans of the ten most frequent statements, and compare them daily",
	},
}
