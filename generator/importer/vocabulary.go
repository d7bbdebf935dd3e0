package importer

// serviceUnits are names that systemctl and package managers take.
var serviceUnits = wordSet(`apache2 auditd autofs bind9 bird bird6 calico chronyd cilium consul containerd cron
	crond dnsmasq docker elasticsearch envoy etcd fail2ban firewalld fluentd frr grafana gunicorn haproxy httpd
	influxdb irqbalance iscsid kafka keepalived kibana kubelet libvirtd mariadb memcached mongod multipathd mysql
	mysqld named network networking NetworkManager nfs nginx nomad nscd nslcd ntpd nvidia patroni pgbouncer podman
	postfix postgresql prometheus rabbitmq redis rpcbind rsyslog rsyslogd samba smartd snmpd squid ssh sshd sssd
	strongswan telegraf tomcat traefik tuned unbound uwsgi varnish vault zabbix zookeeper`)

// proseVerbs are commands that are also what one does with a flag in a sentence:
// "always set --dry-run".
var proseVerbs = wordSet(`alternatives apply batch cut date diff exec expect export find install join make more
	pass patch read rename set sort source split step strip sync test time touch trap type unset watch which`)

// determiners make a noun of what follows: "after a docker restart".
var determiners = wordSet(`a an another any each every her his its my no our that the their this your`)

// compoundStart are first parts of English compounds: "cross-node", "read-only".
var compoundStart = wordSet(`a all anti auto back best bi co cross day de double early end ever fast first
	follow force front full half hard high host in inter large last late left line long low mid mis more multi near
	never new no non off old on one open out over part peer per point post pre pro production quick rate re read
	real right rolling root run same second self semi short side single slow small so soft split start state step
	still sub super three time to top two un under up upper user very well whole wide work write zero`)

// stopWords end a command: they continue the sentence around it.
var stopWords = wordSet(`a about across after again against all also although always an and any are around as at
	back because been before being below between both but by can cannot caused causes check checks command completed
	completes confirm confirmed confirms contains continues could did directly displays do does done down during
	each either even every everything exits fail failed failing fails finds first flag flags for from gave gives got
	had hangs has have he help helps here how however identifies if immediately in indicates inside instead into is
	it its just keeps last later like listed lists looks made manually may means might more must never next no none
	not nothing now of off often on once one only onto option options or otherwise out output outputs over parameter
	per points printed prints produces repeatedly report reported reports returned returning returns reveal revealed
	reveals run running runs said same says see seems sees sets should show showed showing shown shows since sits so
	some sometimes still stop stops succeeded succeeds such suggests takes tells than that the their them then there
	these they this those though through times to too took tried turns twice under until up using via was we were
	what when where whether which while who why will with within without work worked working works would yet yields
	you your`)
