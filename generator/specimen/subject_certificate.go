package specimen

var certificateSubject = subject{
	tags: []string{"tls", "certificates"},
	failures: []string{
		"A Certificate Expires", "The Chain Misses a Link", "Renewal Succeeds and Nothing Changes", "Clocks Disagree",
		"The Wrong Name Is Served", "Mutual TLS Turns Everyone Away", "A Root Is Retired", "The Key Does Not Match",
	},
	contexts: []string{
		"{Service} speaks mutual TLS with {caller}; certificates live {many} days and are renewed by cert-manager in `{ns}`, and by hand on {few} machines that are older than that.",
		"A gateway in front of {service} ends TLS for {many} host names, with certificates from an internal authority and from a public one.",
	},
	cues: []string{
		"{person}: 'the app says “not secure”. it is our own app. it says it to everybody.'",
		"The synthetic check: 'x509: certificate has expired or is not yet valid', {many} times since {clock}.",
		"A partner, by phone: 'we have not changed anything and you refuse us since {clock}.'",
	},
	sights: []string{
		"Handshakes with `{host}` fail since {clock}; before, there was not one failure in {many} days.",
		"{Percent} % of clients are turned away, and the rest had their connection before it began.",
		"The secret in `{ns}` was renewed {few} days ago, and the process was started {many} days ago.",
		"From one office it works and from the other it does not; the two trust different bundles.",
		"The clock of `{host}` is {seconds} seconds behind, and its time service has been unreachable for {few} days.",
		"The gateway serves {few} certificates for the name, depending on which of its replicas answers.",
		"The error of {caller} names an authority that was retired {few} months ago.",
		"The certificate's serial number on the wire is not the one in the secret.",
	},
	best: []step{
		{"Read what is served, not what is stored: `openssl s_client -connect {host}:443`", "On the wire is the certificate of last quarter. The file on the disk is new, and the process has not opened it since it began."},
		{"Compare the whole chain with what {caller} trusts", "The intermediate is missing. Browsers fetch it by themselves, and {caller} does not."},
		{"Reload the gateway, replica by replica, and check each by its own address", "The first replica serves the new serial number, so do the others, and the failures end at {clock}."},
		{"Mend the clock first: `chronyc tracking`", "The offset was {seconds} seconds. With the right time the certificate is valid, as it has been for everybody else."},
		{"Add the new authority beside the old one, and remove the old one later", "Both sides trust both. {Caller} connects, and the switch can be made at a time when nobody has to hurry."},
	},
	misses: []step{
		{"Issue the certificate again", "A third certificate lies beside the second, and the first one is still served."},
		{"Turn off verification in {caller} for now", "It works, and it would work for anybody in between, too. The security desk calls before you have finished the sentence in the channel."},
		{"Restart {caller}", "It forgets the connections that still worked. Now {percent} % of requests fail that did not before."},
		{"Delete the secret, so that cert-manager makes it anew", "The new order runs into the authority's limit of {few} a week for one name. Now there is no certificate in the secret at all."},
		{"Clear the caches of the load balancer", "It holds no certificates in its caches. {Minutes} minutes have passed."},
		{"Extend the lifetime in the issuer to a year", "The next certificate will live longer. This one has expired all the same."},
		{"Copy the certificate from the other data centre", "It is for another name: the errors change their wording, and nothing else changes."},
		{"Switch the load balancer to plain TCP", "Every health check fails, since they all speak HTTPS to a name that nobody answers to any more."},
	},
	lessons: []string{
		"Check the certificate on the wire every hour, and alert {few} weeks before its end",
		"Reload on change, and prove it in a test that renews",
		"Serve the whole chain, and check it with a client that fetches nothing",
		"Keep an inventory of the machines that are renewed by hand, and make it shorter",
		"Rotate authorities by overlap and never by replacement",
	},
}
