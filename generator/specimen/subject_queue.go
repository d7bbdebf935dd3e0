package specimen

var queueSubject = subject{
	tags: []string{"queues", "messaging"},
	failures: []string{
		"Dead Letters Pile Up", "The Backlog Doubles", "One Message Blocks the Rest", "Consumers Keep Rebalancing",
		"Acknowledgements Go Missing", "The Retry Queue Feeds Itself", "Partitions Drift Apart", "Deliveries Arrive Twice",
	},
	contexts: []string{
		"{Service} takes jobs from `{queue}`, {many} a minute on a quiet day, with {few} consumers on {few} nodes; what fails three times goes to `{queue}.dead`.",
		"{Caller} publishes to `{queue}` and {service} consumes it; one broker cluster of three, quorum queues, messages kept for {few} days.",
	},
	cues: []string{
		"{person} in the incident channel: 'the {queue} graph is a straight line upward, is anybody reading that queue?'",
		"PagerDuty: 'queue depth of {queue} above {thousands} for {few} minutes.'",
		"Support, by phone: 'customers see their confirmation after {minutes} minutes, or not at all.'",
	},
	sights: []string{
		"`{queue}` holds {thousands} messages and grows by {many} a minute.",
		"The oldest message in `{queue}` is {minutes} minutes old, and it has been delivered {many} times.",
		"{Few} consumers are connected, and every one of them has its full prefetch of {many} messages unacknowledged.",
		"Publishing is as fast as ever; nothing on the side of {caller} has noticed that nobody reads.",
		"The dead-letter queue was empty this morning and holds {many} messages now, all from one tenant.",
		"The consumer group has rebalanced {few} times since {clock}, and each time takes {seconds} seconds in which nobody reads.",
		"Of {few} partitions one is {thousands} messages behind, and the others are current.",
		"Memory on the broker stands at {percent} % of the watermark, so publishers will be blocked soon.",
	},
	best: []step{
		{"Look at the message at the head of the queue: `rabbitmqctl list_queues name messages consumers`", "The head of the queue is one message of {few} MB that no consumer finishes within its deadline. Everything behind it waits for the next attempt."},
		{"Move the one message aside with a shovel, and keep it for later", "With the message parked in `{queue}.parked` the consumers go through {many} a second, and the oldest message is {seconds} seconds old after {few} minutes."},
		{"Lower the prefetch to {few}, so that a slow consumer holds less", "A consumer that stalls now holds {few} messages and not {many}; the others take the rest, and the graph bends."},
		{"Make the handler idempotent by the message's key before replaying the dead letters", "The second delivery of a key finds the first one's record and does nothing. {Many} dead letters go through without one double booking."},
		{"Raise the session timeout above the longest batch, and let the group settle", "No consumer is thrown out in the middle of a batch any more; the group keeps its assignment, and the lag falls by {many} a second."},
	},
	misses: []step{
		{"Add {few} more consumers", "They connect, fetch {many} messages each, and wait for the same lock. The backlog grows as before, and now spreads over more machines."},
		{"Purge the queue, since customers will try again", "You stop with the finger on the key: these are payments that have been confirmed to customers, and nobody tries those again."},
		{"Restart the broker node that leads the queue", "Leadership moves in {seconds} seconds, every connection reconnects at once, and {thousands} unacknowledged messages are delivered again."},
		{"Raise the delivery limit, so that fewer messages die", "The same messages fail more often before they die. It takes more work to arrive at the same dead letters."},
		{"Double the memory watermark of the broker", "Publishers have air for {minutes} minutes. The queue takes the new room as it took the old."},
		{"Turn off dead-lettering until the morning", "What fails now goes back to the head of the queue and fails again, {many} times a minute, in front of everything that would have worked."},
		{"Replay the dead letters at once", "They fail for the reason they failed before, and come back in the order in which they left."},
		{"Scale the publisher down to slow the inflow", "Requests of customers time out in {caller} where before they were at least queued. The backlog does not shrink: nobody reads it."},
	},
	lessons: []string{
		"Alert on the age of the oldest message and not on the depth of `{queue}`",
		"Give every queue a dead-letter queue, and every dead-letter queue an owner",
		"Bound the size of a message where it is published",
		"Test the consumer with a message that never succeeds",
		"Write down who may purge, and what must be asked first",
	},
}
