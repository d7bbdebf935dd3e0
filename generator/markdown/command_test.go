package markdown_test

import (
	"testing"

	"github.com/replaygen/replaygen/generator/markdown"
)

func TestIsCommand(t *testing.T) {
	tests := []struct {
		code string
		want bool
	}{
		{"kubectl get pods -o wide | grep calico", true},
		{"chmod 755 /var/run/calico", true},
		{"rsync", false},
		{"reclaimPolicy: Delete", false},
		{"", false},
		{"   ", false},

		// What may stand before the command.
		{"$ dig +short example.org", true},
		{"# zpool status tank", true},
		{"sudo systemctl restart nginx", true},
		{"sudo -u postgres psql -c 'select 1'", true},
		{"KUBECONFIG=/etc/k.conf kubectl get nodes", true},
		{"LC_ALL=C TZ=UTC sudo journalctl -u sshd", true},
		{"/usr/sbin/lvs -a", true},

		// A prompt or sudo announces a command; an assignment or a path does not.
		{"$ dmesg", true},
		{"sudo reboot", true},
		{"sudo", false},
		{"$", false},
		{"$HOME", false},
		{"TZ=UTC", false},
		{"TZ=UTC date", false},
		{"/usr/bin/kubectl", false},

		// Pipelines need one known command.
		{"dmesg | less", true},
		{"./report.sh | grep -c ERROR", true},
		{"Ready | Pending", false},
		{"|", false},
		{"| grep", false},
		{"a|b", false},

		// Names and settings that merely look alike.
		{"python 3.11", false},
		{"nginx 1.25.3", false},
		{"node v18.2", false},
		{"sleep 5", true},
		{"kube-system", false},
		{"/etc/hosts", false},
		{"to: [{port: 53}]", false},
		{"Kubectl get pods", false},
		{"pod/web-0", false},
	}
	for _, tt := range tests {
		if got := markdown.IsCommand(tt.code); got != tt.want {
			t.Errorf("IsCommand(%q) = %v, want %v", tt.code, got, tt.want)
		}
	}
}

func TestKnownCommand(t *testing.T) {
	for _, name := range []string{
		"kubectl", "helm", "docker", "crictl", "systemctl", "journalctl", "ip", "ss", "dig", "nslookup", "curl",
		"openssl", "psql", "mysql", "redis-cli", "iostat", "iotop", "dmesg", "lsblk", "racadm", "ipmitool",
		"megacli", "smartctl", "etcdctl", "terraform", "ansible", "aws", "gcloud", "az", "git", "vault", "tcpdump",
		"ethtool", "mount", "lvs", "pvs", "zpool", "sysctl", "strace", "perf",
	} {
		if !markdown.KnownCommand(name) {
			t.Errorf("KnownCommand(%q) = false", name)
		}
	}
	for _, name := range []string{"", "the", "Drain", "Kubectl", "calico", "kubectl get", "tmpfiles.d"} {
		if markdown.KnownCommand(name) {
			t.Errorf("KnownCommand(%q) = true", name)
		}
	}
}
