package importer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCodeMarks gives sentences as they read with the code marks that the
// importer should find again. Without their marks they are a situation.
func TestCodeMarks(t *testing.T) {
	sentences := `
A pod hangs: ~kubectl get pods -n web -o wide | grep api~ shows it in Pending.
Run ~chmod 640 /etc/app/token~ and restart the app.
Check the node, drain it, and restart kubelet on the affected node.
The helm release is stuck, since helm cannot see the secret.
~kubectl exec <pod> -- nslookup db.internal~ and ~dig @10.1.2.3~ disagree.
~kubectl exec~ into a pod and curl a pod on the other node.
The network (~ip route show table 100~) is fine; ~ip -s link~ is not.
Use ~kubectl delete pod web-7f9c --grace-period=0~, not ~--force~.
~kubectl get secret tls -o jsonpath='{.data.tls\.crt}' | base64 -d | openssl x509 -noout -dates~ prints May.
The finalizers sit in ~{.metadata.finalizers}~ of the claim.
Compare ~/etc/hosts~, ~/srv/app/config.yaml~ and ~values.yaml~ (or ~conf/app.ini~).
~iostat -x 1~ shows the disk at 100%, ~dmesg | grep -i "soft lockup"~ the rest.
~kill $(pgrep rsync)~ — the backup ends, or ~kill -9 4711~ does.
Someone left ~sudo systemctl restart nginx~ in a cron job for 3 nodes.
~systemctl status kubelet~ is green. ~journalctl -u kubelet --since "1 hour ago"~ is not.
~racadm getsel~ lists a fan; ~ipmitool sel list~ does too.
~PGPASSWORD=x psql -h db-1 -U app -c "select 1"~ works from here.
~etcdctl --endpoints=https://10.0.0.1:2379 endpoint health~ times out.
~terraform plan~ would destroy the table; ~git push origin main~ is refused.
~docker logs web-1 --tail 100~ ends with 137.
~openssl s_client -connect shop.example.org:443~ prints an old chain.
~curl -I https://shop.example.org/~ returns 503.
~rsync -a --delete /srv/a/ backup:/srv/a~ ran at 02:00.
Samples went to ~/tmp/v.log~ with ~vmstat 1 > /tmp/v.log 2>&1~ in place.
~kubectl logs web --previous~ and ~kubectl delete pod web | tee /tmp/out~ name it, kubectl logs web does not.

It says "open /etc/shadow: permission denied" and "run kubectl get pods" helps.
The read/write ratio is 3/1 at 10:30, and/or the I/O is slow on 10.0.0.0/8.
After a docker restart the docker build cache is cold.
Set ~--dry-run~ first; kubectl 1.28 and python 3.11 are old.
Time is 30 minutes, free memory 2 GB, top 10 queries, host web-1 is down.
We watch the logs, find out, kill the job, mount the disk, and go home.
He would rather test this than sort 5 shards by size at 3.5 GB each.
Always set ~--bwlimit~ in this case.
Replicas are 3x, temperature is 62C, the last 5 builds failed - see AM/PM.
`
	for want := range strings.Lines(strings.ReplaceAll(sentences, "~", "`")) {
		if want = strings.TrimSpace(want); want == "" {
			continue
		}
		text := strings.ReplaceAll(want, "`", "")
		out, _ := importText("Incident Replay: X\n\nRound 1: Y\n\nWhat you see: " + text + "\n")
		_, got, _ := strings.Cut(out, "**What you see:**\n")
		if d := cmp.Diff(want, strings.TrimSpace(got)); d != "" {
			t.Error(d)
		}
	}
}
