package discordtest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"testing"

	"github.com/gorilla/websocket"

	"pincite/internal/discord/discordtest"
)

// BenchmarkSlash is what the fake itself costs: four users ask at a time, and a client that does nothing else answers.
// A bot's own figures are these plus its work.
func BenchmarkSlash(b *testing.B) {
	s := discordtest.Start(b, discordtest.Options{NoSchema: true})
	if _, err := s.AddServer("law"); err != nil {
		b.Fatal(err)
	}
	if _, err := s.AddMember("alice", "law", false); err != nil {
		b.Fatal(err)
	}
	post := func(method, path string, body any) {
		data, err := json.Marshal(body)
		if err != nil {
			b.Error(err)
			return
		}
		q, err := http.NewRequestWithContext(b.Context(), method, s.URL()+"/api/v9"+path, bytes.NewReader(data))
		if err != nil {
			b.Error(err)
			return
		}
		q.Header.Set("Content-Type", "application/json")
		q.Header.Set("Authorization", "Bot "+s.Token())
		q.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
		resp, err := http.DefaultClient.Do(q)
		if err != nil {
			b.Error(err)
			return
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
	post("PUT", "/applications/"+s.BotID()+"/commands", []any{command()})
	ws, resp, err := websocket.DefaultDialer.Dial(s.GatewayURL()+"/?v=9&encoding=json", nil)
	if err != nil {
		b.Fatal(err)
	}
	resp.Body.Close()
	defer ws.Close()
	id := obj{"token": s.Token(), "properties": obj{}, "intents": 1}
	if err := ws.WriteJSON(obj{"op": 2, "d": id}); err != nil {
		b.Fatal(err)
	}
	asked := make(chan string, 64)
	go func() {
		defer close(asked)
		for {
			var p struct {
				T string
				D struct{ ID, Token string }
			}
			if ws.ReadJSON(&p) != nil {
				return
			}
			if p.T == "INTERACTION_CREATE" {
				asked <- "/interactions/" + p.D.ID + "/" + p.D.Token + "/callback"
			}
		}
	}()
	answer := obj{"type": 4, "data": with("embeds", []any{obj{"description": x(1000)}}, "components", []any{row(button(0))})}
	for range 4 {
		go func() {
			for path := range asked {
				post("POST", path, answer)
			}
		}()
	}
	if err := s.WaitOnline(b.Context(), "law"); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetParallelism(2) // for each of GOMAXPROCS: four on two cores
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			step, err := s.Slash("alice", "#general", "ask")
			if err != nil {
				b.Error(err)
				return
			}
			if _, err := step.WaitReply(wait); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.StopTimer()
	took := s.Latencies()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
