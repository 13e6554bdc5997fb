package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/testengine"
)

var (
	engine *testengine.Engine
	fast   = Pace{Look: 20 * time.Millisecond, Idle: 20 * time.Millisecond, Retry: 20 * time.Millisecond}
)

const (
	drops    = `{"queryType":"events","filters":[{"key":"action","operator":"=","value":"drop"}]}`
	patience = 30 * time.Second
)

func TestMain(m *testing.M) {
	os.Exit(testengine.Main(m, func(_ testing.TB, e *testengine.Engine) { engine = e }))
}

func runnerAt(t *testing.T, address *url.URL) *query.Runner {
	t.Helper()
	store, err := clickhouse.New(address, "fireplot", 20*time.Second, httpclient.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return &query.Runner{Store: store, MaxRows: 10_000, Now: time.Now}
}

func carried(text string) json.RawMessage { return fmt.Appendf(nil, `{"query":%q}`, text) }

var tokens int

// put stores `count` events of the last minute as the ingest does, ledger row last, stamped `age` ago.
func put(t *testing.T, count int, action, message string, age time.Duration) (finish func()) {
	t.Helper()
	tokens++
	token := fmt.Sprintf("batch-%d", tokens)
	engine.Exec(t, fmt.Sprintf(`INSERT INTO fireplot.events (time, seq, batch, action, proto, src_ip, dst_port, message)
		SELECT now64(3) - toIntervalMillisecond(60000 - number), number, reinterpretAsUInt64(reverse(substring(SHA256('%s'), 1, 8))), '%s', 6,
		toIPv6('::ffff:198.51.100.7'), 22, '%s ' || toString(number) FROM numbers(%d)`, token, action, message, count))
	return func() {
		engine.Exec(t, fmt.Sprintf(`INSERT INTO fireplot.batches (token, input, min_time, max_time, rows, refused, inserted_at)
			SELECT '%s', 'test', now64(3) - toIntervalMinute(5), now64(3), %d, 0, now64(3) - toIntervalMillisecond(%d)`, token, count, age.Milliseconds()))
	}
}

// listen runs a tail until the test ends; its frames come by the channel, the empty one of its start first.
func listen(t *testing.T, runner *query.Runner, text string) <-chan *data.Frame {
	t.Helper()
	tail, err := Open(runner, Path(text), carried(text))
	if err != nil {
		t.Fatal(err)
	}
	frames := make(chan *data.Frame, 1000)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, runner.Store, tail, fast, func(frame *data.Frame) error { frames <- frame; return nil })
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the tail ended with %v", err)
		}
	})
	return frames
}

func next(t *testing.T, frames <-chan *data.Frame) *data.Frame {
	t.Helper()
	select {
	case frame := <-frames:
		return frame
	case <-time.After(patience):
		t.Fatal("no frame came")
		return nil
	}
}

func bodies(frame *data.Frame) []string {
	list := make([]string, frame.Rows())
	for i := range list {
		list[i] = frame.At(1, i).(string)
	}
	return list
}

func TestOpen_takesAQueryOnItsOwnChannelAlone(t *testing.T) {
	runner := runnerAt(t, engine.URL)
	f := func(path, text string, want error, part string) {
		t.Helper()
		_, err := Open(runner, path, carried(text))
		if want != nil && !errors.Is(err, want) || (part == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), part) {
			t.Errorf("%s with %s: %v", path, text, err)
		}
	}
	f(Path(drops), drops, nil, "")
	f(Path(drops), drops+" ", ErrMismatch, "another query")
	f("cells/1", drops, ErrUnknown, "no such channel")
	for text, part := range map[string]string{
		`{"queryType":"sql","rawSql":"SELECT 1"}`:                                         "only events as logs",
		`{"queryType":"events","format":"table"}`:                                         "only events as logs",
		`{"queryType":"events","filters":[{"key":"no such","operator":"=","value":"1"}]}`: "no such",
		`nonsense`: "cannot be read",
	} {
		f(Path(text), text, nil, part)
	}
	if _, err := Open(runner, Path(""), json.RawMessage(`[]`)); err == nil {
		t.Error("a subscription without a query is taken")
	}
}

func TestPath_isThatOfTheFront(t *testing.T) {
	// The same vector stands in src/tail/channel.test.ts.
	if got := Path(`{"queryType":"events","größe":"→"}`); got != "tail/add3b06c43bd2b1ae7b0ca488efdfae4" {
		t.Errorf("got %s", got)
	}
}

func TestRun_sendsEachEventOnceAsItIsStored(t *testing.T) {
	put(t, 1, "drop", "before", 0)()
	frames := listen(t, runnerAt(t, engine.URL), drops)
	if frame := next(t, frames); frame.Rows() != 0 || len(frame.Fields) != 5 || frame.Meta.Type != data.FrameTypeLogLines {
		t.Fatalf("the first frame is %v", frame)
	}
	late := put(t, 1, "drop", "late", 5*time.Second)
	put(t, 2, "drop", "news", 0)()
	put(t, 1, "allow", "let through", 0)()
	if got := fmt.Sprint(bodies(next(t, frames))); got != "[news 0 news 1]" {
		t.Errorf("got %s", got)
	}
	late() // its ledger row appears behind one with a later stamp
	frame := next(t, frames)
	if got := fmt.Sprint(bodies(frame)); got != "[late 0]" {
		t.Errorf("got %s", got)
	}
	if got := frame.At(2, 0); got != "warning" {
		t.Errorf("severity %v", got)
	}
}

func TestRun_boundsAPushAndSaysWhatItSkipped(t *testing.T) {
	frames := listen(t, runnerAt(t, engine.URL), drops)
	next(t, frames)
	put(t, query.TailRows+1234, "drop", "flood", 0)()
	frame := next(t, frames)
	got := bodies(frame)
	if len(got) != query.TailRows+1 || !strings.HasPrefix(got[0], "1,234 events skipped") || got[1] != "flood 1234" || got[len(got)-1] != "flood 3233" {
		t.Errorf("%d rows, %q, %q ... %q", len(got), got[0], got[1], got[len(got)-1])
	}
	if len(frame.Meta.Notices) != 1 {
		t.Errorf("notices %v", frame.Meta.Notices)
	}
}

// failingDoor is the store's address, behind which it fails when it is told to.
func failingDoor(t *testing.T) (*url.URL, *atomic.Bool) {
	failing := &atomic.Bool{}
	proxy := httputil.NewSingleHostReverseProxy(engine.URL)
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if failing.Load() {
			w.Header().Set("X-ClickHouse-Exception-Code", "241")
			http.Error(w, "Code: 241. DB::Exception: Memory limit exceeded", http.StatusInternalServerError)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(door.Close)
	address, err := url.Parse(door.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	return address, failing
}

func TestRun_waitsForAStoreThatFailsAndLosesNothing(t *testing.T) {
	address, failing := failingDoor(t)
	frames := listen(t, runnerAt(t, address), drops)
	next(t, frames)
	failing.Store(true)
	if got := bodies(next(t, frames)); len(got) != 1 || !strings.Contains(got[0], "The tail stands still") {
		t.Fatalf("got %q", got)
	}
	put(t, 1, "drop", "meanwhile", 0)()
	failing.Store(false)
	if got := bodies(next(t, frames)); len(got) == 0 || !strings.Contains(got[0], "answers again") {
		t.Fatalf("said more than once, or not that it goes on: %q", got)
	} else if len(got) != 2 || got[1] != "meanwhile 0" {
		t.Errorf("got %q", got)
	}
}

func TestRun_endsWhenNobodyTakesFrames(t *testing.T) {
	runner := runnerAt(t, engine.URL)
	tail, err := Open(runner, Path(drops), carried(drops))
	if err != nil {
		t.Fatal(err)
	}
	gone := errors.New("gone")
	if err := Run(context.Background(), runner.Store, tail, fast, func(*data.Frame) error { return gone }); !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
}
