package specimen

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// A scene is what stays the same throughout one replay, and the source of all
// that varies.
type scene struct {
	rng     *rand.Rand
	subject *subject
	service string
	caller  string // another service
	area    string // namespace
	host    string
	start   time.Time
}

func newScene(rng *rand.Rand, t title) *scene {
	s := &scene{rng: rng, subject: t.subject, service: t.service, area: pick(rng, areas[:])}
	s.caller = pick(rng, services[:])
	if s.caller == s.service {
		s.caller = "frontend"
	}
	s.host = fmt.Sprintf("%s-%s-%02d", s.service, pick(rng, []string{"a", "b", "db", "edge", "node"}), 1+rng.IntN(40))
	first := time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)
	s.start = first.Add(time.Duration(rng.IntN(3*365*24*60)) * time.Minute)
	return s
}

func pick(rng *rand.Rand, from []string) string { return from[rng.IntN(len(from))] }

// between returns a number from low to high, both included.
func (s *scene) between(low, high int) int { return low + s.rng.IntN(high-low+1) }

// later returns a time within the first two hours of the incident.
func (s *scene) later() time.Time {
	return s.start.Add(time.Duration(s.rng.Int64N(int64(2 * time.Hour))))
}

// hex returns n random hexadecimal digits.
func (s *scene) hex(n int) string {
	return fmt.Sprintf("%016x", s.rng.Uint64())[:n]
}

// fill replaces the words in braces that [scene.word] knows; other braces stay.
func (s *scene) fill(template string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		key, after, _ := strings.Cut(rest, "}")
		if word, known := s.word(key); known {
			b.WriteString(word)
			template = after
		} else {
			b.WriteByte('{')
			template = rest
		}
	}
}

// word returns what stands for a key of a template. A key that begins with a
// capital stands at the beginning of a sentence; ":12" behind a key pads the
// word to that width.
func (s *scene) word(key string) (word string, known bool) {
	key, width, padded := strings.Cut(key, ":")
	n, err := strconv.Atoi(width)
	if padded && err != nil {
		return "", false
	}
	lower := strings.ToLower(key)
	if word, known = s.fact(lower); !known {
		if word, known = s.draw(lower); !known {
			return "", false
		}
	}
	if lower != key {
		word = capital(word)
	}
	return fmt.Sprintf("%-*s", n, word), true
}

// fact returns what is the same throughout the replay.
func (s *scene) fact(key string) (word string, known bool) {
	switch key {
	case "service":
		return s.service, true
	case "caller":
		return s.caller, true
	case "ns":
		return s.area, true
	case "host":
		return s.host, true
	case "queue":
		return s.service + ".jobs", true
	}
	return "", false
}

// draw returns what is drawn anew every time.
func (s *scene) draw(key string) (word string, known bool) {
	if low, high := bounds(key); high > 0 {
		return strconv.Itoa(s.between(low, high)), true
	}
	if from := choices(key); from != nil {
		return pick(s.rng, from), true
	}
	switch key {
	case "clock":
		return s.later().Format("15:04"), true
	case "time":
		return s.later().Format("15:04:05"), true
	case "stamp":
		return s.later().Format("2006-01-02T15:04:05.000Z"), true
	case "version":
		return fmt.Sprintf("%d.%d.%d", s.between(1, 6), s.between(0, 40), s.between(0, 9)), true
	case "thousands":
		return fmt.Sprintf("%d,%03d", s.between(2, 400), s.rng.IntN(1000)), true
	case "age":
		return strconv.Itoa(s.between(12, 480)) + pick(s.rng, []string{"s", "m", "h"}), true
	case "ip":
		return fmt.Sprintf("10.%d.%d.%d", s.rng.IntN(256), s.rng.IntN(256), s.between(1, 254)), true
	case "hex5":
		return s.hex(5), true
	case "hex10":
		return s.hex(10), true
	case "hex16":
		return s.hex(16), true
	}
	return "", false
}

// bounds returns what a word for a number may stand for; 0, 0 if it is none.
func bounds(key string) (low, high int) {
	switch key {
	case "few":
		return 2, 9
	case "many":
		return 12, 480
	case "percent":
		return 11, 94
	case "seconds":
		return 6, 58
	case "minutes":
		return 4, 25
	case "ms":
		return 15, 900
	case "pid":
		return 1024, 65_000
	}
	return 0, 0
}

// choices returns the words that a key may stand for; nil if it is none.
func choices(key string) []string {
	switch key {
	case "person":
		return people[:]
	case "state":
		return []string{"Running", "Running", "CrashLoopBackOff", "Pending", "OOMKilled", "Terminating"}
	case "reason":
		return []string{"BackOff", "Unhealthy", "FailedScheduling", "Evicted", "NodeNotReady", "FailedMount"}
	case "trouble":
		return []string{"context deadline exceeded", "connection reset by peer", "no such host", "too many open files",
			"unexpected EOF", "lock wait timeout", "message too large", "certificate has expired", "no space left on device"}
	case "level":
		return []string{"INFO", "WARN", "ERROR"}
	case "verb":
		return []string{"GET", "POST", "PUT", "DELETE"}
	case "path":
		return []string{"/v1/orders", "/v2/items", "/internal/state", "/healthz", "/v1/accounts", "/batch"}
	case "code":
		return []string{"200", "200", "204", "429", "499", "502", "503", "504"}
	case "setting":
		return []string{"POOL_SIZE", "TIMEOUT_MS", "MAX_RETRIES", "PREFETCH", "BATCH_SIZE"}
	case "stat":
		return []string{"Ss", "Sl", "D", "R", "D+"}
	case "wait":
		return []string{"ep_poll", "futex_wait_queue", "rpc_wait_bit_killable", "do_wait", "io_schedule"}
	case "weekday":
		return []string{"Mon", "Tue", "Wed", "Thu", "Fri"}
	case "month":
		return []string{"Jan", "Mar", "May", "Jul", "Sep", "Nov"}
	}
	return nil
}
