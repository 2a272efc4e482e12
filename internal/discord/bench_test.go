package discord

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pincite/corpus"
	"pincite/internal/desk"
	"pincite/internal/discord/discordtest"
	"pincite/internal/document"
	"pincite/internal/index"
	"pincite/internal/ingest"
	"pincite/internal/library"
	"pincite/internal/words"
)

// questions are what the benchmarks ask about the built-in corpus: some that it
// answers, some that it does not, long and short.
func questions() []string {
	return []string{
		"Who has the power to declare war?",
		"How long may forces stay without the consent of Congress?",
		"Would Article 51 cover strikes on the cartels?",
		"What must the President report within 48 hours?",
		"Is a cartel a foreign terrorist organization, and does that allow the use of force against it?",
		"What is a covert action, and who has to be told of it?",
		"Can Congress remove the forces by a concurrent resolution after the decision in INS v. Chadha?",
		"What is the boiling point of lead?",
	}
}

// perMember is how many questions a member asks: fewer than would be a flood.
const perMember = 5

// openDesk opens a desk on the built-in corpus, with what is added kept in dir.
func openDesk(tb testing.TB, dir string) (*desk.Desk, *library.Library) {
	tb.Helper()
	log := slog.New(slog.DiscardHandler)
	lib, err := library.Open(library.Config{
		Dir: dir, Base: corpus.Files(), Clock: time.Now, Log: log,
		Read: func(ctx context.Context, name string, raw []byte) (*document.Document, error) {
			reading, err := ingest.Read(ctx, ingest.Source{Name: name, Bytes: raw}, ingest.DefaultLimits())
			if err != nil {
				return nil, err
			}
			return reading.Document, nil
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := lib.Close(); err != nil {
			tb.Error(err)
		}
	})
	analyzer := words.NewAnalyzer()
	return desk.New(desk.Config{
		Library: lib, Words: analyzer, Limits: ingest.DefaultLimits(), Log: log,
		Indexes: index.NewStore(filepath.Join(dir, "index"), analyzer, time.Now, log),
	}), lib
}

// audience is a fake Discord full of servers and members, with the bot in it.
type audience struct {
	*discordtest.Server
	servers int
	asked   atomic.Int64
}

// serverName is the name of a server.
func serverName(i int) string { return "s" + strconv.Itoa(i) }

// newAudience makes a Discord with servers and, spread over them, members
// enough to ask a number of questions.
func newAudience(tb testing.TB, servers, questions int) *audience {
	tb.Helper()
	a := &audience{Server: discordtest.Start(tb, discordtest.Options{NoSchema: true}), servers: servers}
	for i := range servers {
		if _, err := a.AddServer(serverName(i)); err != nil {
			tb.Fatal(err)
		}
	}
	for i := range questions/perMember + 1 {
		if _, err := a.AddMember("m"+strconv.Itoa(i), serverName(i%servers), false); err != nil {
			tb.Fatal(err)
		}
	}
	return a
}

// await waits until the bot has its commands and is in all servers, then asks
// every question once, so that no figure holds the first one's work.
func (a *audience) await(tb testing.TB) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), time.Minute)
	defer cancel()
	if err := a.WaitCommand(ctx, cmdAsk); err != nil {
		tb.Fatal(err)
	}
	for i := range a.servers {
		if err := a.WaitOnline(ctx, serverName(i)); err != nil {
			tb.Fatal(err)
		}
	}
	for i, q := range questions() {
		member := "first" + strconv.Itoa(i/perMember)
		if _, err := a.AddMember(member, serverName(0), false); err != nil {
			tb.Fatal(err)
		}
		a.ask(tb, member, serverName(0), q)
	}
	a.ResetLatencies()
}

// next asks the next question, of the next member, and returns its step.
func (a *audience) next() (*discordtest.Step, error) {
	i := int(a.asked.Add(1)) - 1
	member, all := i/perMember, questions()
	return a.Slash("m"+strconv.Itoa(member), serverName(member%a.servers)+"#general", cmdAsk,
		discordtest.Value{Name: optQuestion, V: all[i%len(all)]})
}

// errNoAnswer is for a reply that is none, such as that too much is asked.
var errNoAnswer = errors.New("no answer")

// awaitAnswer waits for the answer to a question. An error, or that somebody
// was too fast, is none: only answers have a title.
func awaitAnswer(step *discordtest.Step, timeout time.Duration) error {
	r, err := step.WaitReply(timeout)
	if err != nil {
		return err
	}
	if r.Message == nil || len(r.Message.Embeds) == 0 || r.Message.Embeds[0].Title == "" {
		return fmt.Errorf("%w: %s", errNoAnswer, r.Render())
	}
	return nil
}

// ask asks a question and waits for the answer.
func (a *audience) ask(tb testing.TB, member, server, question string) *discordtest.Reply {
	tb.Helper()
	step, err := a.Slash(member, server+"#general", cmdAsk, discordtest.Value{Name: optQuestion, V: question})
	if err != nil {
		tb.Fatal(err)
	}
	r, err := step.WaitReply(deadline)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// serveBot runs a bot with the built-in corpus in this process.
func serveBot(tb testing.TB, a *audience) {
	tb.Helper()
	api, err := url.Parse(a.URL())
	if err != nil {
		tb.Fatal(err)
	}
	d, lib := openDesk(tb, tb.TempDir())
	ctx, stop := context.WithCancel(tb.Context())
	done := make(chan error, 1)
	bot := New(Config{
		Desk: d, Library: lib, Token: newToken(a.Token()), API: api, MaxAttachment: 1e6,
		Log: slog.New(slog.DiscardHandler),
	})
	go func() { done <- bot.Run(ctx) }()
	tb.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			tb.Error(err)
		}
	})
	a.await(tb)
}

// discordLimit is how long Discord waits for the first response.
const discordLimit = 3 * time.Second

// reportLatencies reports the time from INTERACTION_CREATE to the callback on
// the wire, and how many interactions missed Discord's limit of 3 s or got none
// at all.
func reportLatencies(b *testing.B, a *audience) {
	b.Helper()
	took := a.Latencies()
	missed := b.N - len(took)
	for _, d := range took {
		if d > discordLimit {
			missed++
		}
	}
	if len(took) > 0 {
		slices.Sort(took)
		for _, share := range []int{50, 99} {
			b.ReportMetric(float64(took[len(took)*share/100].Microseconds())/1000, "p"+strconv.Itoa(share)+"-ms")
		}
		b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
	}
	b.ReportMetric(float64(missed), "missed")
}

// BenchmarkAsk is one question after another from four members, each asked as
// soon as the one before was answered. The fake Discord shares the cores; its
// own part is BenchmarkSlash of discordtest.
func BenchmarkAsk(b *testing.B) {
	const inFlight = 4
	a := newAudience(b, 1, b.N)
	serveBot(b, a)
	var left atomic.Int64
	left.Store(int64(b.N))
	b.ReportAllocs()
	b.ResetTimer()
	var askers sync.WaitGroup
	for range inFlight {
		askers.Go(func() {
			for left.Add(-1) >= 0 {
				step, err := a.next()
				if err == nil {
					err = awaitAnswer(step, deadline)
				}
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	askers.Wait()
	b.StopTimer()
	reportLatencies(b, a)
}

// BenchmarkAskSteadily asks 1,000 questions a second from 100 servers, whether
// or not the ones before were answered: run it with -benchtime=10000x for ten
// seconds of that. questions/s falls below 1,000 where the fake cannot ask so
// fast; refused are those who were told that too much is asked.
func BenchmarkAskSteadily(b *testing.B) {
	const every, servers = time.Millisecond, 100
	a := newAudience(b, servers, b.N)
	serveBot(b, a)
	b.ReportAllocs()
	b.ResetTimer()
	start := time.Now()
	steps := make([]*discordtest.Step, b.N)
	for i := range steps {
		time.Sleep(time.Until(start.Add(time.Duration(i) * every)))
		var err error
		if steps[i], err = a.next(); err != nil {
			b.Fatal(err)
		}
	}
	rate := float64(b.N) / time.Since(start).Seconds()
	end, refused := time.Now().Add(discordLimit), 0
	for _, step := range steps {
		// Those without any reply are counted as missed.
		if err := awaitAnswer(step, max(time.Until(end), time.Millisecond)); errors.Is(err, errNoAnswer) {
			refused++
		}
	}
	b.StopTimer()
	b.ReportMetric(rate, "questions/s")
	b.ReportMetric(float64(refused), "refused")
	reportLatencies(b, a)
}

// BenchmarkResident is the memory of pincite serve, a process of its own, in
// 100 servers: without documents of their own, and with one of 40 paragraphs in
// each. In each server a question has been asked.
func BenchmarkResident(b *testing.B) {
	const servers = 100
	binary := filepath.Join(b.TempDir(), "pincite")
	build := exec.CommandContext(b.Context(), "go", "build", "-o", binary, "pincite/cmd/pincite")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	for _, documents := range []int{0, 1} {
		b.Run(fmt.Sprintf("documents=%d", documents), func(b *testing.B) {
			for range b.N {
				resident(b, binary, servers, documents)
			}
		})
	}
}

func resident(b *testing.B, binary string, servers, documents int) {
	a := newAudience(b, servers, servers*perMember)
	dir := b.TempDir()
	if documents > 0 {
		fill(b, a, dir)
	}
	var log bytes.Buffer
	bot := exec.CommandContext(b.Context(), binary, "serve", "--discord-api", a.URL(), "--data", dir)
	bot.Env = []string{"DISCORD_TOKEN=" + a.Token()}
	bot.Stderr = &log
	if err := bot.Start(); err != nil {
		b.Fatal(err)
	}
	a.await(b)
	for i := range servers {
		want := ""
		if documents > 0 {
			want = "berth" + strconv.Itoa(i) + "x"
		}
		if r := a.ask(b, "m"+strconv.Itoa(i), serverName(i), "Which vessel has the berth "+want+"?"); !strings.Contains(r.Render(), want) {
			b.Errorf("server %d: no %q in\n%s", i, want, r.Render())
		}
	}
	now, peak := memory(b, bot.Process.Pid)
	b.ReportMetric(now, "resident-MB")
	b.ReportMetric(peak, "peak-MB")
	if err := bot.Process.Signal(os.Interrupt); err != nil {
		b.Fatal(err)
	}
	if err := bot.Wait(); err != nil {
		b.Errorf("%v\n%s", err, &log)
	}
}

// fill adds a document to each server.
func fill(b *testing.B, a *audience, dir string) {
	d, _ := openDesk(b, dir)
	for i := range a.servers {
		who, err := library.Server(a.ServerID(serverName(i)))
		if err != nil {
			b.Fatal(err)
		}
		var text strings.Builder
		for n := range 40 {
			fmt.Fprintf(&text, "Entry %d gives the berth%dx to the vessel lot%dx for the season. The dues of the berth are paid before the vessel leaves it, "+
				"and the harbour master may hold the vessel until they are.\n\n", n+1, i, n)
		}
		if _, err := d.Add(b.Context(), who, desk.Addition{
			Source: ingest.Source{Name: "register.txt", Bytes: []byte(text.String())}, By: "1",
		}); err != nil {
			b.Fatal(err)
		}
	}
}

// statusLine is a line of /proc/PID/status with a size.
var statusLine = regexp.MustCompile(`(?m)^(VmRSS|VmHWM):\s+(\d+) kB$`)

// memory reads the resident memory of a process, now and at most, in MB.
func memory(b *testing.B, pid int) (now, peak float64) {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skipf("needs /proc: %v", err)
	}
	sizes := map[string]float64{}
	for _, m := range statusLine.FindAllStringSubmatch(string(status), -1) {
		kB, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			b.Fatal(err)
		}
		sizes[m[1]] = kB * 1024 / 1e6
	}
	return sizes["VmRSS"], sizes["VmHWM"]
}
