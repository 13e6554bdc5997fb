package clickhouse

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	chproto "github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2/lib/proto"
	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
)

// native encodes one column of UInt64 the way a server does, one block a list.
func native(t testing.TB, blocks ...[]uint64) []byte {
	t.Helper()
	var out chproto.Buffer
	for _, values := range blocks {
		block := proto.NewBlock()
		if err := block.AddColumn("n", "UInt64"); err != nil {
			t.Fatal(err)
		}
		for _, value := range values {
			if err := block.Append(value); err != nil {
				t.Fatal(err)
			}
		}
		if err := block.Encode(&out, 0); err != nil {
			t.Fatal(err)
		}
	}
	return out.Buf
}

// server stands in for a ClickHouse whose behaviour the embedded engine cannot show: profiles, late errors, proxies.
type server struct {
	*httptest.Server
	mutex    sync.Mutex
	requests []*http.Request
}

func serve(t testing.TB, answer func(w http.ResponseWriter, r *http.Request, sql string)) (*server, *Client) {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sql, _ := io.ReadAll(r.Body)
		s.mutex.Lock()
		s.requests = append(s.requests, r)
		s.mutex.Unlock()
		w.Header().Set("X-ClickHouse-Format", "Native")
		answer(w, r, string(sql))
	}))
	t.Cleanup(s.Close)
	address, err := url.Parse(s.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	client, err := New(address, "fireplot", 2*time.Second, httpclient.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s, client
}

func (s *server) last() url.Values {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.requests[len(s.requests)-1].URL.Query()
}

func exception(w http.ResponseWriter, status int, code, text string) {
	w.Header().Del("X-ClickHouse-Format")
	w.Header().Set("X-ClickHouse-Exception-Code", code)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

// profiled answers as a user with the given `readonly` does.
func profiled(t testing.TB, level uint64) func(http.ResponseWriter, *http.Request, string) {
	return func(w http.ResponseWriter, r *http.Request, sql string) {
		asked := r.URL.Query()
		settings := asked.Has("max_execution_time") || asked.Has("log_comment") || asked.Has("limit") || asked.Has("cancel_http_readonly_queries_on_client_close")
		if level == 1 && settings || level > 0 && asked.Has("readonly") {
			exception(w, 500, "164", "Code: 164. DB::Exception: Cannot modify 'max_execution_time' setting in readonly mode. (READONLY) (version 25.3.1.1 (official build))")
			return
		}
		if strings.Contains(sql, "getSetting") {
			_, _ = w.Write(native(t, []uint64{level}))
			return
		}
		_, _ = w.Write(native(t, []uint64{1}))
	}
}

func nothing(*Block) error { return nil }

func TestRun_sendsWhatTheProfileAllows(t *testing.T) {
	f := func(level uint64, mode Mode, readonly string, settings bool) {
		t.Helper()
		s, client := serve(t, profiled(t, level))
		q := Query{SQL: "SELECT 1", Settings: map[string]string{"limit": "5"}, Comment: Comment{User: "eve", Rule: "r1"}}
		for range 2 {
			if err := client.Run(context.Background(), q, nothing); err != nil {
				t.Fatalf("readonly=%d: %v", level, err)
			}
		}
		if got, err := client.Mode(context.Background()); got != mode || err != nil {
			t.Errorf("readonly=%d: mode %v, %v", level, got, err)
		}
		sent := s.last()
		if sent.Get("readonly") != readonly {
			t.Errorf("readonly=%d: sent readonly=%q", level, sent.Get("readonly"))
		}
		for name, want := range map[string]string{"max_execution_time": "2", "limit": "5", "cancel_http_readonly_queries_on_client_close": "1", "log_comment": `{"app":"fireplot","user":"eve","rule":"r1"}`} {
			if !settings {
				want = ""
			}
			if got := sent.Get(name); got != want {
				t.Errorf("readonly=%d: %s is %q, want %q", level, name, got, want)
			}
		}
		if sent.Get("default_format") != "Native" || sent.Get("database") != "fireplot" || sent.Get("wait_end_of_query") != "1" || sent.Has("client_protocol_version") || !strings.HasPrefix(sent.Get("query_id"), "fireplot-") {
			t.Errorf("readonly=%d: sent %v", level, sent)
		}
		if method := s.requests[0].Method; method != http.MethodPost {
			t.Errorf("asked by %s", method)
		}
	}
	f(0, Open, "1", true)
	f(2, Settings, "", true)
	f(1, Bare, "", false)
}

func TestRun_noticesAProfileThatChanged(t *testing.T) {
	level := uint64(0)
	_, client := serve(t, func(w http.ResponseWriter, r *http.Request, sql string) { profiled(t, level)(w, r, sql) })
	if err := client.Run(context.Background(), Query{SQL: "SELECT 1"}, nothing); err != nil {
		t.Fatal(err)
	}
	level = 1
	if err := client.Run(context.Background(), Query{SQL: "SELECT 1"}, nothing); err == nil {
		t.Fatal("settings were taken under readonly=1")
	}
	if err := client.Run(context.Background(), Query{SQL: "SELECT 1"}, nothing); err != nil {
		t.Errorf("the changed profile was not noticed: %v", err)
	}
}

func TestRun_probesAgainAfterAFailure(t *testing.T) {
	var away sync.Once
	first := true
	_, client := serve(t, func(w http.ResponseWriter, r *http.Request, sql string) {
		away.Do(func() {
			exception(w, 503, "202", "Code: 202. DB::Exception: Too many simultaneous queries. (TOO_MANY_SIMULTANEOUS_QUERIES)")
		})
		if first {
			first = false
			return
		}
		profiled(t, 2)(w, r, sql)
	})
	var refused *Error
	if err := client.Run(context.Background(), Query{SQL: "SELECT 1"}, nothing); !errors.As(err, &refused) || refused.Kind != Busy {
		t.Fatalf("got %v", err)
	}
	if err := client.Run(context.Background(), Query{SQL: "SELECT 1"}, nothing); err != nil {
		t.Fatalf("the second query failed too: %v", err)
	}
}

func sum(t testing.TB, client *Client, q Query) (uint64, error) {
	t.Helper()
	var total uint64
	err := client.Run(context.Background(), q, func(b *Block) error {
		var n uint64
		for row := range b.Rows() {
			if err := Scan(b, row, &n); err != nil {
				return err
			}
			total += n
		}
		return nil
	})
	return total, err
}

// answering serves the probe as an open profile and one body for all else.
func answering(t testing.TB, body []byte) *Client {
	t.Helper()
	_, client := serve(t, func(w http.ResponseWriter, r *http.Request, sql string) {
		if strings.Contains(sql, "getSetting") {
			_, _ = w.Write(native(t, []uint64{0}))
			return
		}
		_, _ = w.Write(body)
	})
	return client
}

func TestRun_readsEveryBlock(t *testing.T) {
	many := make([]uint64, 100_000)
	for i := range many {
		many[i] = uint64(i)
	}
	client := answering(t, native(t, nil, []uint64{1, 2}, []uint64{}, many, []uint64{3}))
	if total, err := sum(t, client, Query{SQL: "SELECT n"}); err != nil || total != 6+99_999*100_000/2 {
		t.Errorf("got %d, %v", total, err)
	}
	empty := answering(t, nil)
	if total, err := sum(t, empty, Query{SQL: "SELECT n"}); err != nil || total != 0 {
		t.Errorf("an empty answer: %d, %v", total, err)
	}
}

func TestRun_findsALateError(t *testing.T) {
	f := func(name string, tail string, kind Kind, message string) {
		t.Helper()
		for _, head := range [][]byte{nil, native(t, []uint64{1, 2, 3}), native(t, make([]uint64, 50_000))} {
			_, err := sum(t, answering(t, append(bytes.Clone(head), tail...)), Query{SQL: "SELECT n"})
			var late *Error
			if !errors.As(err, &late) || late.Kind != kind || late.Message != message {
				t.Errorf("%s behind %d bytes: %v", name, len(head), err)
			}
		}
	}
	f("plain", "Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED) (version 24.8.1.1 (official build))\n", Memory, "ClickHouse says: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)")
	f("marked", "\r\n__exception__\r\nabcdefghijklmnop\r\nCode: 159. DB::Exception: Timeout exceeded. (TIMEOUT_EXCEEDED) (version 26.1.1.1 (official build))\n120 abcdefghijklmnop\r\n__exception__\r\n", Timeout, "ClickHouse says: Timeout exceeded. (TIMEOUT_EXCEEDED)")
}

func TestRun_findsALateErrorInsideABlock(t *testing.T) {
	whole := native(t, make([]uint64, 1000))
	cut := append(bytes.Clone(whole[:len(whole)/2]), "Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)"...)
	_, err := sum(t, answering(t, cut), Query{SQL: "SELECT n"})
	var late *Error
	if !errors.As(err, &late) || late.Kind != Memory {
		t.Errorf("got %v", err)
	}
}

func TestRun_takesExceptionTextInDataForData(t *testing.T) {
	var out chproto.Buffer
	block := proto.NewBlock()
	_ = block.AddColumn("message", "String")
	_ = block.Append("Code: 241. DB::Exception: only a log line")
	if err := block.Encode(&out, 0); err != nil {
		t.Fatal(err)
	}
	var got string
	err := answering(t, out.Buf).Run(context.Background(), Query{SQL: "SELECT message"}, func(b *Block) error { return Scan(b, 0, &got) })
	if err != nil || got != "Code: 241. DB::Exception: only a log line" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestRun_survivesADamagedAnswer(t *testing.T) {
	whole := native(t, []uint64{1, 2, 3}, []uint64{4})
	for length := 1; length < len(whole); length++ {
		total, err := sum(t, answering(t, whole[:length]), Query{SQL: "SELECT n"})
		if err == nil && total != 6 {
			t.Errorf("cut to %d bytes: %d without an error", length, total)
		}
	}
	for _, garbage := range []string{"<html>hello</html>", strings.Repeat("\xff", 500), "\x01\xff\xff\xff\xff\x01n\x06UInt64"} {
		if _, err := sum(t, answering(t, []byte(garbage)), Query{SQL: "SELECT n"}); err == nil {
			t.Errorf("%q was decoded", garbage)
		}
	}
}

func TestRun_boundsTheAnswer(t *testing.T) {
	client := answering(t, native(t, make([]uint64, 200_000)))
	_, err := sum(t, client, Query{SQL: "SELECT n", MaxBytes: 1 << 20})
	var limit *Error
	if !errors.As(err, &limit) || limit.Kind != Limit || !strings.Contains(err.Error(), "larger than 1 MiB") {
		t.Errorf("got %v", err)
	}
}

func TestRun_stopsWhenTheCallerHasEnough(t *testing.T) {
	client := answering(t, native(t, []uint64{1}, []uint64{2}))
	blocks := 0
	err := client.Run(context.Background(), Query{SQL: "SELECT n"}, func(*Block) error { blocks++; return ErrStop })
	if err != nil || blocks != 1 {
		t.Errorf("%d blocks, %v", blocks, err)
	}
	mine := errors.New("mine")
	if err := client.Run(context.Background(), Query{SQL: "SELECT n"}, func(*Block) error { return mine }); !errors.Is(err, mine) {
		t.Errorf("got %v", err)
	}
}

func TestRun_cancelEndsTheRequest(t *testing.T) {
	ended := make(chan struct{})
	started := make(chan struct{})
	_, client := serve(t, func(w http.ResponseWriter, r *http.Request, sql string) {
		if strings.Contains(sql, "getSetting") {
			_, _ = w.Write(native(t, []uint64{0}))
			return
		}
		close(started)
		<-r.Context().Done()
		close(ended)
	})
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-started; cancel() }()
	err := client.Run(ctx, Query{SQL: "SELECT sleep(3)"}, nothing)
	var canceled *Error
	if !errors.As(err, &canceled) || canceled.Kind != Canceled {
		t.Errorf("got %v", err)
	}
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("the request went on in the store")
	}
}
