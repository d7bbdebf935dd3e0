package markdown

import (
	"regexp"
	"strings"
)

// KnownCommand reports whether name is the name of a program, or of a builtin
// of the shell, that people type while they operate systems. Case matters.
func KnownCommand(name string) bool { return knownCommands[name] }

// IsCommand reports whether inline code is a shell command line: a known command
// with at least one argument, or a pipeline that a known command takes part in.
// What may stand before the command (a prompt, assignments, sudo) is passed
// over. A prompt or sudo says by itself that a lone command is meant, while a
// lone version number behind a name ("python 3.11") is no argument.
func IsCommand(code string) bool {
	words := strings.Fields(code)
	for i, word := range words {
		if i > 0 && (word == "|" || word == "|&") && (runsCommand(words[:i]) || runsCommand(words[i+1:])) {
			return true
		}
	}
	words, announced := stripPrefix(words)
	if len(words) == 0 || !KnownCommand(baseName(words[0])) {
		return false
	}
	arguments := words[1:]
	return announced || len(arguments) > 1 || len(arguments) == 1 && !versionNumber.MatchString(arguments[0])
}

var (
	assignment    = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*=`)
	versionNumber = regexp.MustCompile(`^v?\d+(\.\d+)+$`)
)

// runsCommand reports whether words begin with a known command.
func runsCommand(words []string) bool {
	words, _ = stripPrefix(words)
	return len(words) > 0 && KnownCommand(baseName(words[0]))
}

// stripPrefix removes what may stand before a command, and reports whether that
// announces a command.
func stripPrefix(words []string) (rest []string, announced bool) {
	for len(words) > 0 {
		switch word := words[0]; {
		case word == "$" || word == "#" || word == "sudo":
			announced = true
			words = words[1:]
			if word == "sudo" {
				words = skipSudoFlags(words)
			}
		case assignment.MatchString(word):
			words = words[1:]
		default:
			return words, announced
		}
	}
	return nil, announced
}

// skipSudoFlags removes sudo's own flags, of which -u, -g and -h have a value.
func skipSudoFlags(words []string) []string {
	for len(words) > 0 && strings.HasPrefix(words[0], "-") {
		flag := words[0]
		words = words[1:]
		if (flag == "-u" || flag == "-g" || flag == "-h") && len(words) > 0 {
			words = words[1:]
		}
	}
	return words
}

// baseName returns what stands behind the last slash of a program's path.
func baseName(word string) string { return word[strings.LastIndexByte(word, '/')+1:] }

// knownCommands are grouped by what they operate; the order means nothing.
var knownCommands = commandSet(
	// Containers and clusters.
	`kubectl oc helm helmfile kustomize k9s kubeadm kubelet kubectx kubens minikube kind k3s k3d k0s eksctl
	kops stern velero istioctl linkerd cilium calicoctl hubble argocd argo flux kubeseal skaffold tilt krew
	docker docker-compose podman buildah skopeo crictl ctr nerdctl containerd runc crun lxc lxd incus nomad
	consul etcdctl etcdutl rancher talosctl dive trivy grype syft cosign`,
	// Clouds, provisioning and configuration.
	`terraform terragrunt tofu packer pulumi vagrant ansible ansible-playbook ansible-galaxy ansible-inventory
	ansible-vault puppet facter hiera chef-client knife salt salt-call salt-key cfn-lint cdk sam serverless
	aws gcloud gsutil bq az azcopy doctl linode-cli hcloud oci ibmcloud openstack nova neutron cinder glance
	govc virsh virt-install virt-manager qemu-img qemu-system-x86_64 vboxmanage esxcli vim-cmd vmkping
	cloud-init vault sops age boundary op doppler`,
	// Services, boot and logs.
	`systemctl journalctl loginctl hostnamectl timedatectl localectl resolvectl networkctl bootctl coredumpctl
	machinectl systemd-analyze systemd-resolve systemd-run systemd-tmpfiles systemd-cgls systemd-cgtop
	systemd-detect-virt service chkconfig update-rc.d rc-service rc-update initctl supervisorctl monit pm2
	launchctl logger logrotate rsyslogd dmesg last lastb lastlog faillog ausearch aureport auditctl
	shutdown reboot halt poweroff init telinit kexec grub-install grub-mkconfig grub2-mkconfig update-grub
	grubby dracut update-initramfs mkinitcpio crontab cron at atq atrm batch chronyc ntpq ntpdate ntpstat
	hwclock date cal uptime`,
	// Networks.
	`ip ifconfig ifup ifdown ss netstat route arp arping ping ping6 traceroute traceroute6 tracepath mtr dig
	nslookup host whois delv rndc named-checkconf named-checkzone kdig drill curl wget httpie http ab wrk hey
	vegeta siege nc ncat netcat socat telnet nmap masscan tcpdump tshark wireshark ngrep iftop nethogs iptraf
	bmon vnstat nload iperf iperf3 ethtool mii-tool iw iwconfig nmcli nmtui brctl bridge bonding ovs-vsctl
	ovs-ofctl ovs-dpctl tc iptables iptables-save iptables-restore ip6tables nft ufw firewall-cmd ipset
	conntrack ipvsadm sysctl vtysh birdc bird gobgp bgpctl ipcalc sipcalc dhclient dhcpcd dnsmasq wg wg-quick
	openvpn ipsec swanctl strongswan tailscale zerotier-cli lldpctl lldpcli snmpwalk snmpget snmpset
	haproxy nginx apachectl apache2ctl httpd caddy envoy traefik varnishadm varnishlog squid squidclient`,
	// Remote access, certificates and secrets.
	`ssh scp sftp ssh-keygen ssh-keyscan ssh-copy-id ssh-add ssh-agent sshd rsync rclone mosh autossh openssl
	certbot certtool certutil keytool cfssl step acme.sh gpg gpg2 gpg-agent age-keygen pass kinit klist
	kdestroy ktutil ldapsearch ldapadd ldapmodify ldapwhoami sssctl realm net wbinfo getent id whoami who w
	su sudo visudo passwd chpasswd chage useradd usermod userdel groupadd groupmod groupdel adduser deluser
	gpasswd newgrp groups finger`,
	// Disks and file systems.
	`lsblk blkid blockdev fdisk sfdisk cfdisk gdisk sgdisk parted partprobe partx mkfs mkfs.ext4 mkfs.xfs
	mkfs.btrfs mkfs.vfat mkswap swapon swapoff mount umount findmnt fsck fsck.ext4 e2fsck xfs_repair xfs_info
	xfs_growfs xfs_db resize2fs tune2fs dumpe2fs debugfs btrfs zfs zpool zdb lvs lvdisplay lvcreate lvextend
	lvreduce lvremove lvresize lvconvert lvchange pvs pvdisplay pvcreate pvmove pvresize pvremove vgs vgdisplay
	vgcreate vgextend vgreduce vgchange vgscan mdadm dmsetup multipath multipathd kpartx iscsiadm targetcli
	cryptsetup losetup smartctl hdparm sdparm nvme badblocks ddrescue dd fstrim fio ioping df du ncdu quota
	repquota edquota exportfs showmount nfsstat mount.nfs rpcinfo nfsiostat ceph rbd rados cephadm gluster
	drbdadm mc s3cmd s5cmd restic borg duplicity rsnapshot tar gzip gunzip bzip2 xz zstd zip unzip cpio`,
	// Hardware and firmware.
	`racadm ipmitool ipmi-sensors megacli MegaCli MegaCli64 megacli64 storcli storcli64 perccli perccli64
	ssacli hpssacli hponcfg arcconf sas2ircu sas3ircu omreport omconfig dmidecode lshw lspci lsusb lscpu lsmem
	lsscsi sensors sensors-detect modprobe rmmod insmod lsmod modinfo depmod udevadm numactl numastat
	cpupower turbostat mcelog ras-mc-ctl edac-util rasdaemon nvidia-smi rocm-smi fwupdmgr flashrom
	efibootmgr mokutil setpci stress stress-ng memtester mstflint ibstat ibstatus iblinkinfo perfquery`,
	// Processes and performance.
	`ps top htop atop btop pgrep pkill kill killall pidof pstree pidstat iostat iotop vmstat mpstat sar dstat
	nmon free slabtop nice renice ionice chrt taskset ulimit prlimit lsof fuser strace ltrace gdb gcore pstack
	perf bpftrace bpftool bcc offcputime execsnoop opensnoop biolatency biosnoop tcplife tcpretrans flamegraph
	trace-cmd ftrace crash kdumpctl sadf watch time timeout nohup screen tmux jobs fg bg wait disown
	jstack jmap jcmd jstat jps jinfo py-spy rbspy async-profiler cgget cgset cgexec cgcreate uname nproc
	tuned-adm irqbalance sysdig`,
	// Databases, queues and caches.
	`psql pg_ctl pg_dump pg_dumpall pg_restore pg_basebackup pg_isready pg_rewind pg_controldata pg_upgrade
	pg_repack pgbench pgbouncer patronictl repmgr barman wal-g createdb dropdb vacuumdb reindexdb mysql
	mysqldump mysqladmin mysqlbinlog mysqlcheck mysqlslap mysqlpump mysqlsh mariadb mariadb-dump
	mariadb-backup xtrabackup innobackupex pt-query-digest pt-online-schema-change pt-table-checksum gh-ost
	sqlite3 sqlplus rman lsnrctl sqlcmd bcp mongo mongosh mongod mongodump mongorestore mongostat mongotop
	redis-cli redis-server redis-benchmark redis-sentinel memcached memcstat cqlsh nodetool cassandra
	sstableutil influx influxd clickhouse-client cockroach tidb-ctl pd-ctl etcd rabbitmqctl rabbitmqadmin
	rabbitmq-diagnostics rabbitmq-plugins kafka-topics kafka-topics.sh kafka-console-consumer
	kafka-console-consumer.sh kafka-console-producer kafka-console-producer.sh kafka-consumer-groups
	kafka-consumer-groups.sh kafka-configs kafka-configs.sh kafka-reassign-partitions
	kafka-reassign-partitions.sh kcat kafkacat zkCli.sh zkServer.sh nats pulsar-admin elasticsearch
	elasticsearch-keystore curator esrally promtool amtool prometheus alertmanager logcli tempo-cli mimirtool
	thanos grafana-cli telegraf filebeat fluent-bit fluentd vector otelcol`,
	// Building, packages and delivery.
	`git gh glab hub svn hg jq yq make cmake ninja bazel gradle gradlew mvn ant go gofmt cargo rustc rustup
	gcc clang cc ld ldd ldconfig nm objdump readelf npm npx yarn pnpm node nvm deno bun pip pip3 pipx poetry
	uv conda virtualenv python python2 python3 ruby gem bundle rake rails perl cpan php composer artisan java
	javac jar dotnet nuget apt apt-get apt-cache apt-mark aptitude dpkg dpkg-query dpkg-reconfigure yum dnf
	rpm zypper pacman apk emerge snap flatpak brew port subscription-manager needs-restarting
	yum-config-manager alternatives update-alternatives jenkins-cli circleci drone fly tkn act buildctl kaniko
	sentry-cli newrelic datadog-agent pre-commit golangci-lint shellcheck hadolint yamllint tflint`,
	// Files, text and the shell.
	`ls ll cat tac less more head tail grep egrep fgrep zgrep rg ag ack awk gawk sed tr cut paste sort uniq wc
	nl tee xargs find locate updatedb which whereis type file stat touch mkdir rmdir rm cp mv ln link unlink
	readlink realpath basename dirname chmod chown chgrp umask chattr lsattr getfacl setfacl getcap setcap
	getenforce setenforce semanage restorecon chcon sestatus audit2allow audit2why aa-status aa-enforce
	apparmor_parser diff sdiff vimdiff cmp comm patch split csplit join expand fold fmt column od xxd hexdump
	strings base64 md5sum sha1sum sha256sum sha512sum cksum shuf seq yes true false test expr bc dc printf
	echo read export unset set env printenv alias source exec eval trap sleep cd pwd pushd popd history man
	info apropos help clear reset tput stty tty script bash sh zsh ksh dash fish csh tcsh chroot nsenter
	unshare setsid runuser vi vim nano emacs ed truncate fallocate mktemp sync flock install dos2unix iconv
	rename inotifywait entr parallel mail mailx sendmail postfix postqueue postsuper postconf exim mailq
	swaks localedef locale getconf`,
)

func commandSet(groups ...string) map[string]bool {
	set := map[string]bool{}
	for _, group := range groups {
		for name := range strings.FieldsSeq(group) {
			set[name] = true
		}
	}
	return set
}
