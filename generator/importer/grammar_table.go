package importer

const kubernetesResources = `pod pods po node nodes no namespace namespaces ns deployment deployments deploy statefulset
	statefulsets sts daemonset daemonsets ds replicaset replicasets rs job jobs cronjob cronjobs service services svc
	endpoints ep endpointslice endpointslices ingress ingresses ing ingressclass networkpolicy networkpolicies netpol
	configmap configmaps cm secret secrets serviceaccount serviceaccounts sa role roles rolebinding rolebindings
	clusterrole clusterroles clusterrolebinding clusterrolebindings pv persistentvolume persistentvolumes pvc
	persistentvolumeclaim persistentvolumeclaims storageclass storageclasses sc volumeattachment volumeattachments
	volumesnapshot volumesnapshots csidrivers csinodes event events hpa horizontalpodautoscaler
	horizontalpodautoscalers vpa pdb poddisruptionbudget poddisruptionbudgets limitrange limitranges limits quota
	resourcequota resourcequotas crd crds customresourcedefinition customresourcedefinitions apiservice apiservices
	lease leases csr certificatesigningrequests mutatingwebhookconfigurations validatingwebhookconfigurations
	certificate certificates certificaterequests issuer issuers clusterissuers httproute gateway gateways
	virtualservice virtualservices destinationrule destinationrules application applications nodepool nodeclaims`

const containerVerbs = `attach build commit cp create diff exec history images info inspect kill load login logout logs
	pause port ps pull push restart rm rmi run save start stats stop tag top unpause update version wait pods rmp stopp`

const packageVerbs = `install remove update upgrade dist-upgrade full-upgrade autoremove purge search list info show
	downgrade reinstall makecache clean check-update repolist history versionlock`

// grammarRows holds what is known of commands, by what they operate.
var grammarRows = []grammarRow{
	{
		commands: `kubectl oc`,
		takes:    quotations, runs: true,
		verbs: `get describe logs exec apply delete create edit patch scale autoscale rollout top drain cordon
			uncordon taint label annotate expose port-forward proxy cp attach debug events explain diff replace wait
			version cluster-info api-resources api-versions adm whoami login`,
		groups: `config auth set certificate project`,
		pairs: `rollout/status rollout/restart rollout/undo rollout/history rollout/pause rollout/resume
			auth/can-i auth/whoami config/get-contexts config/use-context config/current-context config/view
			certificate/approve certificate/deny set/image set/env set/resources cluster-info/dump`,
		words: kubernetesResources,
		named: kubernetesResources + ` logs exec drain cordon uncordon port-forward taint debug use-context`,
		values: `-n --namespace -o --output -l --selector -c --container --context --replicas --tail --since
			--type --field-selector --sort-by --for --timeout --to-revision -p`,
	},
	{
		commands: `helm helmfile`,
		verbs: `install upgrade uninstall rollback list ls status get repo template lint pull push search show
			diff test dependency version sync apply`,
		groups: `history`,
		words:  `values manifest notes hooks all add update chart build`,
		named:  `install upgrade uninstall rollback status history`,
		values: `-n --namespace -f --values --version --set`,
	},
	{
		commands: `docker podman nerdctl crictl ctr docker-compose`,
		takes:    slashes,
		verbs:    containerVerbs + ` up down`,
		groups: `container image network volume system compose swarm service stack node context buildx manifest
			builder`,
		words: `ls rm prune df up down ps inspect create exec logs restart pull build update rollback use
			history join leave events ids connect disconnect`,
		named: `exec logs inspect restart stop start kill rm attach top stats`,
		values: `-t --tag --name -p --publish -e --env -u --user --network -v --volume --tail --since --format
			-n`,
	},
	{
		commands: `systemctl`,
		takes:    units,
		verbs: `status start stop restart reload try-restart reload-or-restart enable disable mask unmask
			is-active is-enabled is-failed show cat edit list-units list-timers list-unit-files list-dependencies
			list-sockets list-jobs daemon-reload daemon-reexec reset-failed isolate kill set-property poweroff
			reboot rescue emergency get-default set-default`,
		named: `status start stop restart reload enable disable mask unmask is-active is-enabled is-failed show
			cat edit --now reset-failed list-dependencies kill`,
		values: `-t --type --state -p --property`,
	},
	{
		commands: `journalctl`,
		takes:    quotations,
		values: `-u --unit -n --lines -p --priority -t --identifier -S --since -U --until -o --output -b -g
			--grep`,
	},
	{
		commands: `timedatectl hostnamectl loginctl resolvectl networkctl bootctl coredumpctl chronyc
			systemd-analyze`,
		takes: names,
		verbs: `status statistics query flush-caches list info show-timesync timesync-status tracking sources
			sourcestats makestep burst activity blame critical-chain plot dump set-ntp set-timezone list-sessions
			reset-server-features`,
		words: `true false yes no`,
	},
	{
		commands: `ip`,
		takes:    numbers,
		verbs:    `a addr address l link r route ro rule neigh n neighbor netns maddr tunnel xfrm vrf monitor`,
		words: `show list add del delete replace change set flush get up down dev via via table master nomaster
			mtu type vlan vxlan bridge bond dummy default scope global link route addr address neigh rule from to
			src metric exec`,
		values: `-n --netns`,
	},
	{
		commands: `nmcli`,
		verbs:    `general`,
		groups:   `con connection dev device networking radio`,
		words:    `show up down status add modify delete reload connect disconnect`,
	},
	{
		commands: `tc`,
		verbs:    `qdisc class filter`,
		words:    `show add del change replace dev root netem delay loss handle parent rate`,
	},
	{
		commands: `nft ipset ufw bridge`,
		verbs:    `list flush add delete status enable disable reload allow deny show reset save restore`,
		words: `ruleset table chain tables rule inet filter numbered verbose link fdb vlan from to any port
			proto`,
	},
	{
		commands: `ss netstat`,
		takes:    quotations,
		words:    `state dport sport dst src established listening`,
		values:   `-f`,
	},
	{
		commands: `tcpdump tshark`,
		takes:    quotations,
		words:    `host port net src dst tcp udp icmp icmp6 arp portrange proto vlan`,
		values:   `-i -c -w -s`,
	},
	{
		commands: `dig drill kdig delv nslookup whois`,
		takes:    names,
		words: `A AAAA MX NS TXT SOA CNAME SRV PTR ANY CAA DS DNSKEY +short +trace +norecurse +tcp +dnssec
			+noall +answer`,
	},
	{
		commands: `ping ping6 arping traceroute traceroute6 tracepath mtr telnet nc ncat ssh sftp ssh-copy-id
			nmap wget`,
		takes:  names | quotations,
		values: `-i -I -p -l -c -s -M -J -o -F -L -R -D -W`,
	},
	{
		commands: `curl`,
		takes:    names | quotations,
		values: `-X --request -H --header -d --data -o --output -u --user -w --write-out --resolve --cacert
			--cert --key -m --max-time --connect-timeout -T -b -x --proxy --interface`,
	},
	{commands: `scp rsync`, takes: names | paths | quotations, values: `-e -i -P`},
	{
		commands: `sysctl modprobe rmmod modinfo insmod ethtool ifconfig ifup ifdown iwconfig hdparm blkid
			dhclient`,
		takes: names | paths,
		words: `speed duplex autoneg rx tx`,
	},
	{commands: `nvme`, takes: paths, verbs: `smart-log error-log id-ctrl list`},
	{
		commands: `openssl`,
		takes:    quotations,
		verbs: `s_client x509 verify req rsa pkcs12 pkcs8 genrsa genpkey ocsp crl ciphers dgst rand version
			s_server ec ecparam pkey speed enc asn1parse`,
		values: `-connect -servername -in -out -text -CAfile -inform -outform -starttls -checkend -cert -key
			-days -subj -newkey`,
	},
	{
		commands: `certbot`,
		verbs:    `renew certonly certificates revoke delete install run`,
		values:   `--cert-name -d`,
	},
	{
		commands: `cat ls ll rm cp mv mkdir rmdir chgrp chattr lsattr df du stat less vi vim nano umount lsof
			fuser tar readlink realpath getfacl setfacl restorecon md5sum sha256sum xfs_repair xfs_info xfs_growfs
			resize2fs e2fsck fsck fstrim smartctl badblocks fdisk sfdisk gdisk parted partprobe wipefs tune2fs
			named-checkconf ldd lsblk swapon swapoff findmnt mkfs.ext4 mkfs.xfs mkswap unzip gunzip gzip zcat tee
			mountpoint`,
		takes:  paths,
		values: `-t -p -l`,
	},
	{commands: `mount`, takes: paths, more: 1, values: `-t -o`},
	{commands: `ln`, takes: paths, more: 1},
	{
		commands: `find`,
		takes:    paths | quotations | slashes, more: 1,
		words:  `{} \; +`,
		values: `-name -iname -type -mtime -mmin -size -user -maxdepth -path`,
	},
	{commands: `chmod`, takes: paths | numbers | counts | names},
	{commands: `chown`, takes: paths | names, words: `root`},
	{commands: `dd`, takes: names},
	{commands: `head tail`, takes: paths | numbers, values: `-n -c`},
	{commands: `grep egrep fgrep zgrep rg ag ack`, takes: quotations | patterns, values: `-A -B -C -m -e -f`},
	{
		commands: `awk gawk sed jq yq echo printf tr cut xargs perl python3 python`,
		takes:    quotations,
		values:   `-d -f -F -I -n -e`,
	},
	{commands: `sort uniq wc column less more`, values: `-k -t -n`},
	{
		commands: `iostat vmstat sar mpstat pidstat dstat nmon sleep umask`,
		takes:    numbers | counts,
		words:    `DEV EDEV TCP ETCP ALL`,
		values:   `-n -P -u -d -p -C`,
	},
	{
		commands: `kill pkill killall pgrep renice taskset ionice chrt nice prlimit pidof pstree strace ltrace
			gdb gcore`,
		takes:  numbers | quotations,
		values: `-p -c -n -e -u -f -s -o -g --pid --signal`,
	},
	{
		commands: `perf jcmd jstack jstat jmap py-spy bpftrace`,
		takes:    numbers | quotations,
		verbs:    `top record report trace dump script stat`,
		words:    `Thread.print GC.heap_info GC.class_histogram VM.flags`,
		values:   `-p -F -e -g --pid -d -o`,
	},
	{commands: `ps`, verbs: `aux auxf ef auxww axjf faux`, values: `-o -C -u -p --sort`},
	{commands: `sudo watch timeout time nohup`, takes: numbers | counts, more: 1, values: `-u -n -g -k -s`},
	{commands: `ulimit`, values: `-n -u -c`},
	{commands: `uname nproc free uptime dmesg last who date`, values: `-l -d -T`},
	{
		commands: `git`,
		takes:    slashes | quotations,
		verbs: `add bisect blame checkout cherry-pick clean clone commit diff fetch gc init merge mv pull push
			rebase reflog reset restore revert rm show stash status switch fsck`,
		groups: `branch config log remote submodule tag worktree`,
		words:  `origin main master HEAD pop apply update list get-url set-url`,
		named:  `checkout merge switch`,
		values: `-b -m -C`,
	},
	{
		commands: `terraform tofu terragrunt`,
		verbs:    `init plan apply destroy import validate fmt output refresh taint untaint show force-unlock`,
		groups:   `state workspace providers`,
		words:    `list show mv rm pull push select new lock`,
		values:   `-target -var-file -out`,
	},
	{
		commands: `vault consul nomad boundary`,
		takes:    slashes,
		verbs:    `status read write login seal unseal members monitor reload leave join`,
		groups:   `operator kv auth secrets token policy lease audit raft namespace node job alloc intentions`,
		words: `list get put delete unseal seal init raft list-peers enable disable lookup revoke renew
			step-down status members generate-root rekey drain run stop inspect snapshot save restore eligibility`,
		values: `-format -address -namespace`,
	},
	{
		commands: `aws`,
		takes:    quotations,
		groups: `ec2 s3 s3api iam sts rds eks ecs ecr elb elbv2 route53 lambda logs cloudwatch cloudformation
			cloudtrail autoscaling acm kms ssm secretsmanager dynamodb sqs sns efs organizations service-quotas
			athena glue kinesis elasticache redshift cloudfront`,
		words: `ls cp mv rm sync mb rb presign describe-instances describe-volumes describe-subnets
			describe-security-groups describe-network-interfaces describe-route-tables describe-db-instances
			describe-load-balancers describe-target-health describe-target-groups describe-cluster
			describe-nodegroup describe-auto-scaling-groups describe-log-groups detach-volume attach-volume
			delete-volume modify-volume reboot-instances start-instances stop-instances terminate-instances
			get-caller-identity assume-role get-object put-object list-buckets list-objects list-hosted-zones
			list-resource-record-sets change-resource-record-sets update-kubeconfig list-clusters list-roles
			list-users list-access-keys create-access-key delete-access-key update-service describe-services
			describe-tasks list-tasks filter-log-events tail get-metric-statistics describe-alarms describe-stacks
			describe-certificate list-certificates get-secret-value get-parameter describe-repositories
			get-login-password start-instance-refresh set-desired-capacity failover-db-cluster describe-events
			lookup-events simulate-principal-policy`,
		values: `--region --profile --output --instance-ids --volume-id --query --filters --name --cluster
			--services --group-name`,
	},
	{
		commands: `gcloud az doctl openstack`,
		groups: `compute container sql iam projects auth config logging dns vm aks network group account storage
			monitor server volume image`,
		words: `instances clusters list describe create delete start stop restart show get-credentials nodepool
			node-pools firewall-rules disks snapshots operations login set read update ssh addresses routes reset
			managed-zones record-sets account`,
		values: `--zone --region --project --name --resource-group -g -n`,
	},
	{
		commands: `ansible ansible-playbook ansible-inventory ansible-galaxy ansible-vault`,
		takes:    quotations,
		verbs:    `encrypt decrypt view`,
		values:   `-i -m -a -l --limit --tags -e -u`,
	},
	{
		commands: `puppet salt salt-call chef-client`,
		takes:    quotations,
		verbs:    `apply state.apply state.highstate test.ping`,
		groups:   `agent`,
	},
	{
		commands: `apt apt-get apt-cache yum dnf zypper apk pacman`,
		takes:    units,
		verbs:    packageVerbs + ` policy`,
		words:    `all`,
	},
	{commands: `dpkg rpm apt-mark`, takes: units, verbs: `hold unhold showhold`},
	{
		commands: `npm yarn pnpm pip pip3 cargo go mvn gradle make`,
		verbs:    `ci audit`,
		groups:   `install run build test mod cache`,
		words:    `tidy download clean verify`,
	},
	{
		commands: `racadm`,
		takes:    names,
		verbs: `get set getsel clrsel getsysinfo getconfig racreset serveraction jobqueue raid storage lclog
			hwinventory getsensorinfo getniccfg update systemconfig getversion closessn bioscert supportassist
			getled setled techsupreport`,
		words: `view viewlog powercycle powerup powerdown hardreset graceshutdown powerstatus delete create get
			vdisks pdisks controllers xml json`,
		values: `-t -f -k -i -o -n -c -l -u -p -r -s`,
	},
	{
		commands: `ipmitool ipmi-sensors`,
		groups:   `sel sdr chassis sensor power lan mc fru sol user bmc raw channel session event`,
		words: `list elist info clear status cycle reset soft print bootdev pxe disk bios bootparam policy power
			warm cold type activate deactivate get set selftest fan temperature identify diag`,
		values: `-I -H -U -P -L`,
	},
	{commands: `ssacli hpssacli`, groups: `ctrl controller`, words: `all show config detail status slot pd ld`},
	{commands: `storcli storcli64 perccli perccli64`, takes: paths, words: `show all start stop`},
	{
		commands: `omreport omconfig`,
		groups:   `storage chassis system`,
		words:    `vdisk pdisk controller alertlog summary memory temps`,
	},
	{
		commands: `zpool zfs btrfs`,
		takes:    slashes,
		verbs: `status list iostat scrub import export clear online offline replace attach detach history events
			get set create destroy snapshot rollback send receive mount unmount upgrade trim`,
		groups: `filesystem device balance subvolume fi`,
		words:  `show usage df stats start status list used on`,
	},
	{
		commands: `ceph rados rbd cephadm gluster drbdadm`,
		verbs:    `status health df versions ls`,
		groups:   `osd pg mon mgr mds fs orch volume peer crash config pool`,
		words: `detail tree df status stat dump ls list set unset out in down noout norebalance nobackfill
			norecover repair reweight purge query stuck heal info start stop unclean inactive degraded archive-all`,
	},
	{
		commands: `virsh`,
		verbs:    `list start shutdown destroy reboot dominfo domblklist edit console undefine migrate`,
		words:    `running`,
	},
	{commands: `tuned-adm`, verbs: `active list profile recommend`},
	{commands: `nvidia-smi`, values: `-i -q -d`},
	{
		commands: `update-grub grub-install dracut grubby mdadm dmsetup multipath multipathd iscsiadm kpartx
			cryptsetup losetup lvs vgs pvs lvdisplay vgdisplay pvdisplay lvextend lvresize lvreduce lvremove
			lvconvert vgextend vgreduce pvcreate pvmove pvresize lvcreate vgcreate`,
		takes:  paths,
		verbs:  `ls status info table remove suspend resume`,
		words:  `show paths maps topology`,
		values: `-n -L -l -o -m -p -T`,
	},
	{
		commands: `psql mysql mariadb sqlite3 mongosh mongo sqlcmd cqlsh clickhouse-client pg_dump pg_restore
			pg_basebackup pg_isready mysqldump mysqladmin pgbench`,
		takes:  quotations,
		verbs:  `processlist status ping extended-status kill flush-hosts`,
		values: `-c -d -U -h -p -P -u -e -D -f -t -S -F`,
	},
	{
		commands: `pg_ctl patronictl repmgr`,
		verbs: `promote reload restart start stop status list failover switchover reinit history pause resume
			topology`,
		groups: `cluster standby node`,
		words:  `show check clone register follow service`,
		values: `-D -c -m`,
	},
	{
		commands: `redis-cli`,
		takes:    quotations,
		verbs: `ping info monitor dbsize role INFO PING MONITOR DBSIZE ROLE KEYS GET SET TTL FLUSHALL FLUSHDB
			BGSAVE LASTSAVE`,
		groups: `CONFIG CLUSTER CLIENT SLOWLOG MEMORY LATENCY SENTINEL config cluster client slowlog memory
			latency sentinel DEBUG debug`,
		words: `GET SET get set INFO info NODES nodes LIST list RESET reset DOCTOR doctor USAGE usage STATS
			stats REWRITE replication memory clients persistence keyspace stats maxmemory maxmemory-policy masters
			failover FAILOVER KILL latest history`,
		values: `-h -p -a -n --user --pass`,
	},
	{
		commands: `etcdctl etcdutl`,
		verbs:    `get put del member endpoint snapshot defrag compact lease watch auth`,
		groups:   `alarm`,
		words:    `list health status save restore disarm remove add update promote hashkv revoke`,
	},
	{
		commands: `rabbitmqctl rabbitmq-diagnostics rabbitmq-plugins rabbitmqadmin`,
		verbs: `status list_queues list_connections list_channels list_consumers list_exchanges list_bindings
			list_policies cluster_status node_health_check set_vm_memory_high_watermark purge_queue delete_queue
			stop_app start_app reset forget_cluster_node join_cluster set_policy eval report close_connection
			environment check_running check_local_alarms memory_breakdown enable disable list`,
		words: `name messages consumers memory state pid queues messages_ready messages_unacknowledged`,
	},
	{
		commands: `nodetool`,
		verbs: `status info ring repair cleanup compact compactionstats tpstats drain decommission netstats
			describecluster flush removenode assassinate cfstats tablestats gossipinfo setcompactionthroughput
			proxyhistograms tablehistograms snapshot`,
	},
	{
		commands: `istioctl linkerd cilium calicoctl hubble argocd flux velero`,
		verbs:    `proxy-status proxy-config analyze check status version observe reconcile`,
		groups:   `app endpoint bpf node get backup restore connectivity upgrade edges stat`,
		words: `list get sync status test all clusters listeners routes endpoints sources create describe nodes
			ippool bgppeers rollback history diff peers kustomization helmrelease source git`,
		values: `-n`,
	},
	{
		commands: `kubeadm minikube k3s`,
		verbs:    `join upgrade`,
		groups:   `certs token init reset config`,
		words:    `check-expiration renew all create list plan apply node`,
	},
	{commands: `nginx apachectl apache2ctl httpd haproxy named-checkzone`, verbs: `configtest graceful`},
	{
		commands: `rndc birdc vtysh gobgp lldpctl`,
		takes:    quotations,
		verbs:    `reload flush status querylog dumpdb reconfig freeze thaw stats flushname`,
		groups:   `show neighbor global`,
		words:    `protocols route protocol all rib summary neighbors neighbor ip bgp status`,
		values:   `-c`,
	},
	{
		commands: `aa-status getenforce sestatus semanage setsebool ausearch aureport auditctl`,
		verbs:    `fcontext boolean`,
		words:    `recent today`,
		values:   `-m -ts -k -c -t`,
	},
	{commands: `getent`, takes: names, groups: `hosts group passwd ahosts`},
	{commands: `passwd chage usermod useradd su`, takes: names, values: `-aG -G -s -c`},
	{commands: `crontab at atq`, values: `-u`},
	{
		commands: `promtool amtool logcli`,
		verbs:    `query`,
		groups:   `check alert silence tsdb`,
		words:    `config rules query add expire analyze metrics`,
	},
}
