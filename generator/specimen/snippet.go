package specimen

import "strings"

// A snippet is a code block: a first part, a line that is repeated with new
// words every time, and a last part.
type snippet struct {
	language string
	head     string
	line     string
	low      int // how often the line stands there at least
	high     int // and at most
	tail     string
}

// code returns a snippet's text, filled in, as a fenced block.
func (s *scene) code(c snippet) string {
	var b strings.Builder
	b.WriteString("```" + c.language + "\n" + s.fill(c.head))
	for range s.between(c.low, c.high) {
		b.WriteString(s.fill(c.line))
	}
	b.WriteString(s.fill(c.tail) + "```\n")
	return b.String()
}

// snippetFamilies lists the snippets by kind. A replay of ten blocks has one of
// each family.
func snippetFamilies() [][]snippet {
	return [][]snippet{kubernetesSnippets, hostSnippets, wireSnippets, scriptSnippets, manifestSnippets,
		ruleSnippets, jsonSnippets, sqlSnippets, logSnippets, goSnippets}
}

var kubernetesSnippets = []snippet{{
	language: "console",
	head: "$ kubectl get pods -n {ns} -l app={service}\n" +
		"NAME                               READY   STATUS             RESTARTS   AGE\n",
	line: "{service}-{hex10}-{hex5:15}1/1     {state:19}{few:11}{age}\n", low: 4, high: 9,
}, {
	language: "console",
	head: "$ kubectl get events -n {ns} --field-selector type=Warning --sort-by=.lastTimestamp | tail -n 6\n" +
		"LAST SEEN   TYPE      REASON             OBJECT   MESSAGE\n",
	line: "{age:12}Warning   {reason:19}pod/{service}-{hex10}   {trouble}\n", low: 3, high: 6,
}, {
	language: "console",
	head:     "$ kubectl top pods -n {ns} --sort-by=memory\nNAME                               CPU(m)       MEMORY(Mi)\n",
	line:     "{service}-{hex10}-{hex5:15}{many:13}{many}\n", low: 4, high: 8,
	tail: "$ kubectl rollout history deployment/{service} -n {ns} | tail -n 2\n{many}        image {version}\n{many}        <none>\n",
}}

var hostSnippets = []snippet{{
	language: "console",
	head: "$ df -h /var /var/lib/{service}\nFilesystem      Size  Used Avail Use% Mounted on\n" +
		"/dev/nvme0n1p2  {many}G  {many}G   {few}G  {percent}% /var\n/dev/nvme1n1    {many}G   {many}G  {many}G  {percent}% /var/lib/{service}\n" +
		"$ sudo lsof +L1 | sort -k7 -n | tail -n 5\nCOMMAND    PID   USER   FD   TYPE DEVICE    SIZE/OFF NLINK   NODE NAME\n",
	line: "{service:10} {pid}   root   {few}w   REG  259,2  {pid}{pid}     0 {pid} /var/log/{service}/{hex5}.log (deleted)\n", low: 2, high: 5,
}, {
	language: "console",
	head:     "$ ssh {host} 'dmesg -T | tail -n 6'\n",
	line: "[{weekday} {time}] {service} invoked oom-killer: gfp_mask=0xcc0, order=0, oom_score_adj={many}\n" +
		"[{weekday} {time}] Memory cgroup out of memory: Killed process {pid} ({service}) total-vm:{pid}{few}kB, anon-rss:{pid}kB\n", low: 1, high: 3,
	tail: "$ uptime\n {time} up {many} days,  2 users,  load average: {many}.{percent}, {many}.{percent}, {many}.{percent}\n",
}, {
	language: "console",
	head:     "$ ps -eo pid,stat,wchan:20,etime,cmd --sort=-etime | head\n    PID STAT WCHAN                    ELAPSED CMD\n",
	line:     "{pid:7} {stat:5}{wait:24}{time} /usr/bin/{service} --config /etc/{service}/{hex5}.toml\n", low: 4, high: 8,
}}

var wireSnippets = []snippet{{
	language: "console",
	head:     "$ for i in $(seq 8); do curl -sS -o /dev/null -w '%{http_code} %{time_total}\\n' https://{host}.example.net{path}; done\n",
	line:     "{code} {few}.{pid}\n", low: 6, high: 8,
}, {
	language: "console",
	head: "$ openssl s_client -connect {host}.example.net:443 -servername {service}.example.net </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -serial\n" +
		"subject=CN={service}.example.net\nissuer=O=Example Internal CA, CN=Issuing {few}\n" +
		"notBefore={month} {few} {time} 2024 GMT\nnotAfter={month} {few} {time} 2025 GMT\nserial={hex16}\n",
	line: "$ dig +short {host}.example.net @{ip}\n{ip}\n", low: 1, high: 3,
}, {
	language: "console",
	head:     "$ ss -tan state time-wait | awk '{print $4}' | cut -d: -f1 | sort | uniq -c | sort -rn | head -n 6\n",
	line:     "{pid:7} {ip}\n", low: 4, high: 6,
	tail: "$ ss -s | head -n 2\nTotal: {pid}\nTCP:   {pid} (estab {many}, closed {pid}, orphaned {few}, timewait {pid})\n",
}, {
	language: "console",
	head: "$ rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers\n" +
		"Timeout: 60.0 seconds ...\nListing queues for vhost {ns} ...\n",
	line: "{service}.{verb}.{hex5}\t{pid}\t{many}\t{few}\n", low: 4, high: 9,
}}

var scriptSnippets = []snippet{{
	language: "bash",
	head:     "#!/usr/bin/env bash\nset -euo pipefail\n\nnamespace=\"${1:-{ns}}\"\ndeadline=$((SECONDS + {many}))\n\n",
	line:     "kubectl -n \"$namespace\" rollout status deployment/{service}-{hex5} --timeout={many}s || echo \"{service}-{hex5} is late\" >&2\n", low: 2, high: 4,
	tail: "\nuntil curl -fsS \"http://{host}:{pid}/readyz\" >/dev/null; do\n  if ((SECONDS > deadline)); then\n    echo \"gave up after {many} s\" >&2\n    exit 1\n  fi\n  sleep {few}\ndone\n",
}, {
	language: "bash",
	head: "# Which of the replicas answers, and how fast?\nfor pod in $(kubectl get pods -n {ns} -l app={service} -o name); do\n" +
		"  printf '%s\\t' \"$pod\"\n  kubectl exec -n {ns} \"$pod\" -- \\\n    curl -s -m {few} -o /dev/null -w '%{time_total}\\n' \"localhost:{pid}{path}\" || echo timeout\ndone | sort -k2 -n\n\n",
	line: "grep -c '{trouble}' \"/var/log/{service}/{hex5}.log\" | tee -a /tmp/{hex5}.count\n", low: 1, high: 3,
}, {
	language: "bash",
	head:     "backup=/srv/backup/{service}-$(date +%F)-{hex5}\nmkdir -p \"$backup\"\n",
	line:     "pg_dump --host {host} --table {service}_{hex5} --format custom --file \"$backup/{hex5}.dump\" {ns}\n", low: 2, high: 5,
	tail: "find /srv/backup -name '{service}-*' -mtime +{many} -print0 | xargs -0 --no-run-if-empty rm -r --\ndu -sh \"$backup\" | awk '{ print $1 }'\n",
}}

var manifestSnippets = []snippet{{
	language: "yaml",
	head: "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {service}\n  namespace: {ns}\n  labels: {app: {service}, revision: \"{hex5}\"}\nspec:\n  replicas: {few}\n" +
		"  template:\n    spec:\n      containers:\n        - name: {service}\n          image: registry.example.net/{ns}/{service}:{version}\n" +
		"          resources:\n            requests: {cpu: {many}m, memory: {many}Mi}\n            limits: {memory: {many}Mi} # was {many}Mi until {weekday}\n          env:\n",
	line: "            - name: {setting}_{few}\n              value: \"{many}\"\n", low: 2, high: 4,
	tail: "          readinessProbe:\n            httpGet: {path: {path}, port: {pid}}\n            periodSeconds: {few}\n",
}, {
	language: "yaml",
	head: "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata:\n  name: {service}-{hex5}\n  namespace: {ns}\nspec:\n  secretName: {service}-tls-{hex5}\n" +
		"  duration: 2160h\n  renewBefore: {many}h\n  privateKey:\n    rotationPolicy: Always\n  dnsNames:\n",
	line: "    - {host}-{hex5}.example.net\n", low: 2, high: 6,
	tail: "  issuerRef:\n    name: issuing-{few}\n    kind: ClusterIssuer\n",
}}

var ruleSnippets = []snippet{{
	language: "yaml",
	head:     "groups:\n  - name: {service}-{hex5}\n    interval: {seconds}s\n    rules:\n",
	line: "      - alert: {reason}\n        expr: |\n          sum(rate({service}_requests_total{code=~\"5..\", namespace=\"{ns}\"}[{few}m]))\n            / sum(rate({service}_requests_total[{few}m])) > 0.{percent}\n" +
		"        for: {minutes}m\n        labels: {severity: page, team: {ns}}\n        annotations:\n          summary: '{service} fails {{ $value | humanizePercentage }} of its requests'\n", low: 1, high: 2,
}, {
	language: "yaml",
	head:     "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: {service}-{hex5}\nspec:\n  minReplicas: {few}\n  maxReplicas: {many}\n  metrics:\n",
	line:     "    - type: Pods\n      pods:\n        metric: {name: {service}_in_flight_{hex5}}\n        target: {type: AverageValue, averageValue: \"{many}\"}\n", low: 1, high: 3,
	tail: "  behavior:\n    scaleDown:\n      stabilizationWindowSeconds: {many} # five minutes by default\n",
}}

var jsonSnippets = []snippet{{
	language: "json",
	head:     "{\n  \"time\": \"{stamp}\",\n  \"level\": \"{level}\",\n  \"service\": \"{service}\",\n  \"trace\": \"{hex16}{hex16}\",\n  \"message\": \"{trouble}\",\n  \"attempts\": [\n",
	line:     "    {\"at\": \"{stamp}\", \"upstream\": \"{ip}:{pid}\", \"status\": {code}, \"took_ms\": {ms}},\n", low: 2, high: 5,
	tail: "    {\"at\": \"{stamp}\", \"upstream\": null, \"status\": 0, \"took_ms\": {pid}}\n  ]\n}\n",
}, {
	language: "json",
	head:     "{\n  \"cluster\": \"{ns}-{hex5}\",\n  \"healthy\": false,\n  \"epoch\": {pid},\n  \"members\": [\n",
	line:     "    {\"name\": \"{host}-{hex5}\", \"role\": \"follower\", \"lag\": {pid}, \"since\": \"{stamp}\", \"tags\": [\"{ns}\", \"{level}\"]},\n", low: 2, high: 4,
	tail: "    {\"name\": \"{host}\", \"role\": \"leader\", \"lag\": 0, \"since\": \"{stamp}\", \"tags\": []}\n  ],\n  \"limits\": {\"in_flight\": {many}, \"bytes\": {pid}{many}}\n}\n",
}}

var sqlSnippets = []snippet{{
	language: "sql",
	head: "-- Who waits for whom, longest first\nSELECT a.pid, a.usename, a.state, a.wait_event_type, pg_blocking_pids(a.pid) AS waits_for,\n       now() - a.xact_start AS age, left(a.query, {many}) AS query\n" +
		"FROM pg_stat_activity AS a\nWHERE a.datname = '{ns}_{hex5}' AND a.pid <> pg_backend_pid()\n",
	line: "  AND a.application_name <> '{service}-{hex5}'\n", low: 1, high: 3,
	tail: "ORDER BY age DESC NULLS LAST\nLIMIT {many};\n",
}, {
	language: "sql",
	head:     "BEGIN;\nSET LOCAL lock_timeout = '{few}s';\nSET LOCAL statement_timeout = '{seconds}s';\n",
	line:     "UPDATE {service}_jobs SET state = 'parked', note = 'incident {hex5}' WHERE id = {pid}{few} AND attempts > {few};\n", low: 2, high: 5,
	tail: "SELECT state, count(*), min(created_at) FROM {service}_jobs WHERE tenant = {pid} GROUP BY state;\nCOMMIT;\n",
}, {
	language: "sql",
	head:     "EXPLAIN (ANALYZE, BUFFERS)\nSELECT o.id, o.total_cents, count(*) AS lines\nFROM {service}_orders AS o JOIN {service}_lines_{hex5} AS l ON l.order_id = o.id\nWHERE o.created_at > now() - interval '{many} minutes'\n",
	line:     "  AND o.region <> '{ns}-{hex5}'\n", low: 1, high: 4,
	tail: "GROUP BY o.id, o.total_cents HAVING count(*) > {few};\n",
}}

var logSnippets = []snippet{{
	language: "text",
	line:     "{stamp} {level:5} {service}[{pid}]: {trouble} request={hex10} upstream={ip}:{pid} took={ms}ms\n", low: 5, high: 9,
}, {
	language: "text",
	line:     "{ip} - - [{stamp}] \"{verb} {path}/{hex10} HTTP/1.1\" {code} {pid} \"-\" \"{caller}/{version}\" rt=0.{ms}\n", low: 4, high: 8,
}, {
	language: "text",
	head:     "panic: {trouble}\n\ngoroutine {many} [running]:\n",
	line:     "example.net/{service}/internal/{hex5}.(*Worker).run(0xc000{hex5}, {0x{hex5}, 0x{few}})\n\t/src/{service}/internal/{hex5}/worker.go:{many} +0x{hex5}\n", low: 2, high: 4,
	tail: "exit status 2\n",
}}

var goSnippets = []snippet{{
	language: "go",
	head: "// fetch tries {few} times and waits longer each time.\nfunc (c *Client) fetch(ctx context.Context, id string) (*Record, error) {\n\tvar last error\n\tfor attempt := range {few} {\n" +
		"\t\tresp, err := c.get(ctx, \"http://{host}:{pid}{path}/\"+id)\n\t\tif err == nil {\n\t\t\treturn resp, nil\n\t\t}\n",
	line: "\t\tif errors.Is(err, err{hex5}) {\n\t\t\treturn nil, fmt.Errorf(\"{service}: {trouble}: %w\", err)\n\t\t}\n", low: 1, high: 2,
	tail: "\t\tlast = err\n\t\ttime.Sleep({many} * time.Millisecond << attempt) // ctx is not asked\n\t}\n\treturn nil, last\n}\n",
}, {
	language: "go",
	head: "srv := &http.Server{\n\tAddr:         \":{pid}\",\n\tReadTimeout:  {few} * time.Second,\n\tWriteTimeout: {many} * time.Second, // shorter than the balancer's {many} s\n\tHandler:      mux,\n}\n" +
		"db.SetMaxOpenConns({many})\ndb.SetConnMaxLifetime({minutes} * time.Minute)\n",
	line: "mux.HandleFunc(\"{verb} {path}/{hex5}\", limit({many}, s.handle{few}))\n", low: 2, high: 4,
	tail: "if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {\n\tlog.Fatal(err)\n}\n",
}}
