package plugin

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/stream"
)

const drops = `{"queryType":"events","filters":[{"key":"action","operator":"=","value":"drop"}]}`

func carried(text string) json.RawMessage { return fmt.Appendf(nil, `{"query":%q}`, text) }

func TestSubscribeStream_takesAQueryOnItsOwnChannelAlone(t *testing.T) {
	f := func(path, text string, want backend.SubscribeStreamStatus) {
		t.Helper()
		answer, err := working(t).SubscribeStream(context.Background(), &backend.SubscribeStreamRequest{Path: path, Data: carried(text)})
		if err != nil || answer.Status != want {
			t.Errorf("%s: %v, %v", path, answer, err)
		}
	}
	f(stream.Path(drops), drops, backend.SubscribeStreamStatusOK)
	f("elsewhere", drops, backend.SubscribeStreamStatusNotFound)
	f(stream.Path(drops), `{"queryType":"events"}`, backend.SubscribeStreamStatusPermissionDenied)
}

func TestSubscribeStream_saysWhatIsWrong(t *testing.T) {
	f := func(i *Instance, text, part string) {
		t.Helper()
		_, err := i.SubscribeStream(context.Background(), &backend.SubscribeStreamRequest{Path: stream.Path(text), Data: carried(text)})
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v", text, err)
		}
	}
	f(working(t), `{"queryType":"sql","rawSql":"SELECT 1"}`, "only events as logs")
	f(instance(t, source("", "fireplot")), drops, "no URL is set")
}

type packets chan *backend.StreamPacket

func (p packets) Send(packet *backend.StreamPacket) error {
	p <- packet
	return nil
}

func TestRunStream_sendsFramesWithTheirSchemaUntilItIsToldToEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	sent, ended := make(packets, 10), make(chan error, 1)
	i := working(t)
	go func() {
		ended <- i.RunStream(ctx, &backend.RunStreamRequest{Path: stream.Path(drops), Data: carried(drops)}, backend.NewStreamSender(sent))
	}()
	select {
	case packet := <-sent:
		var frame struct {
			Schema struct{ Fields []struct{ Name string } }
		}
		if err := json.Unmarshal(packet.Data, &frame); err != nil || len(frame.Schema.Fields) != 5 || frame.Schema.Fields[1].Name != "body" {
			t.Errorf("%s: %v", packet.Data, err)
		}
	case <-time.After(30 * time.Second):
		t.Error("no frame came")
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestPublishStream_isRefused(t *testing.T) {
	answer, err := working(t).PublishStream(context.Background(), &backend.PublishStreamRequest{Path: stream.Path(drops)})
	if err != nil || answer.Status != backend.PublishStreamStatusPermissionDenied {
		t.Errorf("%v, %v", answer, err)
	}
}
