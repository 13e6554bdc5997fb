package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

type packet struct {
	Schema struct {
		Meta struct{ Custom struct{ Data string } }
	}
	Data struct{ Values [][]float64 }
}

// join subscribes and returns a func that waits for the next frame, and one that leaves.
func (h host) join(path string) (func() packet, func()) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	h.t.Cleanup(cancel)
	body := strings.NewReader(`{"channel":"ds/test/` + path + `","data":{"q":1}}`)
	request, err := http.NewRequestWithContext(ctx, "POST", h.url+"/api/live/subscribe", body)
	if err != nil {
		h.t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	if response.StatusCode != 200 || response.Header.Get("Content-Type") != "text/event-stream" {
		h.t.Fatalf("status %d, %v", response.StatusCode, response.Header)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	next := func() packet {
		h.t.Helper()
		name := ""
		for lines.Scan() {
			field, value, _ := strings.Cut(lines.Text(), ": ")
			if field == "event" {
				name = value
			} else if field == "data" && name == "message" {
				var out packet
				if err := json.Unmarshal([]byte(value), &out); err != nil {
					h.t.Fatal(err)
				}
				return out
			}
		}
		h.t.Fatalf("the stream ended: %v", lines.Err())
		return packet{}
	}
	return next, func() { cancel(); response.Body.Close() }
}

func (p packet) run() float64 { return p.Data.Values[0][0] }

func TestStreamRunsOnceAChannelWhateverTheViewers(t *testing.T) {
	h := newHost(t)
	first, leaveFirst := h.join("count")
	one := first()
	second, _ := h.join("count")
	two := second()
	if one.run() != two.run() {
		t.Errorf("two viewers of one channel got the runs %v and %v", one.run(), two.run())
	}
	if one.Schema.Meta.Custom.Data != `{"q":1}` {
		t.Errorf("the subscription's data must reach RunStream: %q", one.Schema.Meta.Custom.Data)
	}
	other, _ := h.join("other")
	if other().run() == one.run() {
		t.Error("another channel must be another run")
	}
	leaveFirst()
	if second().run() != one.run() {
		t.Error("the run must go on for the viewer who stays")
	}
}

func TestStreamEndsWithItsLastViewer(t *testing.T) {
	h := newHost(t)
	next, leave := h.join("count")
	run := next().run()
	leave()
	for range 100 {
		next, leave := h.join("count")
		again := next().run()
		leave()
		if again != run {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the run goes on although nobody looks")
}

func TestStreamIsStartedAgainWhenTheBackendEndsIt(t *testing.T) {
	h := newHost(t)
	next, _ := h.join("short")
	if first, second := next().run(), next().run(); first == second {
		t.Error("a stream that ended must run anew")
	}
}

func TestSubscriptionRefuses(t *testing.T) {
	h := newHost(t)
	for _, c := range []struct {
		channel string
		status  int
	}{
		{"ds/test/denied", 403}, {"ds/test/missing", 404}, {"ds/nope/count", 400}, {"grafana/test/x", 400}, {"ds/test", 400},
		{"ds/test/" + strings.Repeat("x", 300), 400},
	} {
		read[struct{ Message string }](h, c.status, h.call("POST", "/api/live/subscribe", `{"channel":"`+c.channel+`"}`))
	}
}
