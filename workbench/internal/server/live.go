package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const keepAlive = 20 * time.Second

type subscription struct {
	// Channel is ds/UID/PATH.
	Channel string          `json:"channel"`
	Data    json.RawMessage `json:"data"`
}

// subscribe stands in for Grafana Live: a POST answered by server-sent events, `message` with a frame as JSON and
// `status` with a word about the channel. It is a POST since the subscription's data has no size fit for an address.
func (s *Server) subscribe(w http.ResponseWriter, r *http.Request) {
	var wanted subscription
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&wanted); err != nil {
		fail(w, http.StatusBadRequest, "reading the subscription: "+err.Error())
		return
	}
	ds, path, err := s.channelOf(wanted.Channel)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	if !hasBackend(w, ds) {
		return
	}
	answer, err := ds.plugin.Backend.SubscribeStream(r.Context(), &backend.SubscribeStreamRequest{
		PluginContext: ds.context(), Path: path, Data: wanted.Data, Headers: map[string]string{},
	})
	if err != nil {
		failCall(w, r, err)
		return
	}
	switch answer.Status {
	case backend.SubscribeStreamStatusOK:
	case backend.SubscribeStreamStatusPermissionDenied:
		fail(w, http.StatusForbidden, "the plugin does not allow the channel "+wanted.Channel)
		return
	default:
		fail(w, http.StatusNotFound, "the plugin knows no channel "+wanted.Channel)
		return
	}
	s.stream(w, r, wanted, ds, path, answer)
}

func (s *Server) stream(w http.ResponseWriter, r *http.Request, wanted subscription, ds source, path string,
	answer *backend.SubscribeStreamResponse) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	send := func(event string, data []byte) bool {
		_, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, data)
		return err == nil && out.Flush() == nil
	}
	member := s.live.join(wanted.Channel, ds.plugin.Backend, &backend.RunStreamRequest{
		PluginContext: ds.context(), Path: path, Data: wanted.Data, Headers: map[string]string{},
	})
	defer s.live.leave(wanted.Channel, member)
	if !send("status", []byte(`"subscribed"`)) {
		return
	}
	if answer.InitialData != nil && len(answer.InitialData.Data()) > 0 && !send("message", answer.InitialData.Data()) {
		return
	}
	ticker := time.NewTicker(keepAlive)
	defer ticker.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-s.live.ctx.Done():
			return
		case event := <-member.events:
			if !send(event.name, event.data) {
				return
			}
		case <-ticker.C:
			if !send("ping", []byte("0")) {
				return
			}
		}
	}
}

func (s *Server) channelOf(channel string) (source, string, error) {
	parts := strings.SplitN(channel, "/", 3)
	if len(parts) != 3 || parts[0] != "ds" || parts[2] == "" || len(channel) > 200 {
		return source{}, "", fmt.Errorf("%q is no channel of a data source (ds/UID/PATH)", channel)
	}
	ds, ok := s.sources.get(parts[1])
	if !ok {
		return source{}, "", fmt.Errorf("there is no data source with the uid %q", parts[1])
	}
	return ds, parts[2], nil
}
