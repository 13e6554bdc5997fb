package server

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/hashicorp/go-hclog"
)

// queueLength is how many packets a slow viewer may be behind before the oldest of them are dropped.
const queueLength = 64

type event struct {
	name string
	data []byte
}

type member struct{ events chan event }

// hub runs each channel once, whatever the number of viewers: from the first that joins to the last that leaves.
type hub struct {
	ctx      context.Context
	logger   hclog.Logger
	mu       sync.Mutex
	channels map[string]*channel
}

type channel struct {
	members map[*member]bool
	cancel  context.CancelFunc
}

func newHub(ctx context.Context, logger hclog.Logger) *hub {
	return &hub{ctx: ctx, logger: logger, channels: map[string]*channel{}}
}

func (h *hub) join(name string, from Backend, request *backend.RunStreamRequest) *member {
	h.mu.Lock()
	defer h.mu.Unlock()
	joined := &member{events: make(chan event, queueLength)}
	if running := h.channels[name]; running != nil {
		running.members[joined] = true
		return joined
	}
	ctx, cancel := context.WithCancel(h.ctx)
	h.channels[name] = &channel{members: map[*member]bool{joined: true}, cancel: cancel}
	go h.run(ctx, name, from, request)
	return joined
}

func (h *hub) leave(name string, gone *member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	running := h.channels[name]
	if running == nil {
		return
	}
	delete(running.members, gone)
	if len(running.members) == 0 {
		running.cancel()
		delete(h.channels, name)
	}
}

// run starts the stream anew when the backend ends it, with growing pauses up to 10 s.
func (h *hub) run(ctx context.Context, name string, from Backend, request *backend.RunStreamRequest) {
	pause := 250 * time.Millisecond
	for ctx.Err() == nil {
		err := from.RunStream(ctx, request, func(packet []byte) {
			pause = 250 * time.Millisecond
			h.publish(ctx, name, event{"message", packet})
		})
		if ctx.Err() != nil {
			return
		}
		text := "the stream ended"
		if err != nil {
			text = err.Error()
		}
		h.logger.Warn("stream ended; starting it again", "channel", name, "reason", text)
		words, _ := json.Marshal("interrupted: " + text)
		h.publish(ctx, name, event{"status", words})
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, 10*time.Second)
	}
}

// publish never waits for a viewer: one that is too slow loses its oldest packet. ctx is the run's: a run that was
// cancelled must not speak into the channel that took its name.
func (h *hub) publish(ctx context.Context, name string, what event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	running := h.channels[name]
	if running == nil || ctx.Err() != nil {
		return
	}
	for viewer := range running.members {
		for sent := false; !sent; {
			select {
			case viewer.events <- what:
				sent = true
			default:
				select {
				case <-viewer.events:
				default:
				}
			}
		}
	}
}
