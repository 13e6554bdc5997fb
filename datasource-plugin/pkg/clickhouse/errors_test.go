package clickhouse

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
)

func failing(t testing.TB, address string, options httpclient.Options) *Error {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	client, err := New(parsed, "fireplot", time.Second, options)
	if err == nil {
		err = client.Run(context.Background(), Query{SQL: "SELECT 1"}, nothing)
	}
	var failure *Error
	if !errors.As(err, &failure) {
		t.Fatalf("%s: got %v", address, err)
	}
	return failure
}

func TestErrors_ofTheStore(t *testing.T) {
	f := func(status int, code, body string, kind Kind, parts ...string) {
		t.Helper()
		_, client := serve(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
			if code == "" {
				w.Header().Del("X-ClickHouse-Format")
				w.WriteHeader(status)
				_, _ = io.WriteString(w, body)
				return
			}
			exception(w, status, code, body)
		})
		err := client.Run(context.Background(), Query{SQL: "SELECT 1"}, nothing)
		var failure *Error
		if !errors.As(err, &failure) || failure.Kind != kind {
			t.Errorf("%d %s: got %v, want kind %s", status, body, err, kind)
			return
		}
		for _, part := range parts {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q lacks %q", err, part)
			}
		}
	}
	f(403, "516", "Code: 516. DB::Exception: grafana: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED) (version 25.3.1.1 (official build))", Auth, "Authentication failed", "Check user and password")
	f(403, "497", "Code: 497. DB::Exception: grafana: Not enough privileges. (ACCESS_DENIED)", Grant, "Grant")
	f(404, "81", "Code: 81. DB::Exception: Database fireplot does not exist. (UNKNOWN_DATABASE)", Database, "fireplot migrate")
	f(404, "60", "Code: 60. DB::Exception: Unknown table expression identifier 'x'. (UNKNOWN_TABLE)", Table, "fireplot migrate")
	f(404, "47", "Code: 47. DB::Exception: Unknown expression identifier `x`. (UNKNOWN_IDENTIFIER)", Syntax, "Unknown expression identifier `x`")
	f(400, "62", "Code: 62. DB::Exception: Syntax error: failed at position 8. (SYNTAX_ERROR)", Syntax, "position 8")
	f(500, "164", "Code: 164. DB::Exception: Cannot modify 'x' setting in readonly mode. (READONLY)", Readonly, "may not change settings")
	f(408, "159", "Code: 159. DB::Exception: Timeout exceeded: elapsed 30 s. (TIMEOUT_EXCEEDED)", Timeout, "Narrow the time range")
	f(500, "241", "Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)", Memory, "group by fewer")
	f(500, "202", "Code: 202. DB::Exception: Too many simultaneous queries. (X)", Busy, "try again")
	f(500, "999", "Code: 999. DB::Exception: Something new. (NEW)", Other, "ClickHouse says: Something new. (NEW)")
	f(500, "1002", strings.Repeat("x", 5000), Other, "…")
	f(401, "", "login", Auth, "HTTP status 401")
	f(404, "", "<html>nginx</html>", NotClickHouse, "not as ClickHouse's HTTP interface", "8123")
	f(200, "", "<html>hello</html>", NotClickHouse)
	f(200, "", "Ok.\n", NotClickHouse)
	f(302, "", "", NotClickHouse, "redirects")
	f(502, "", "bad gateway", Network, "does not reach ClickHouse")
	f(431, "", "", Limit, "filters are too long")
}

func TestErrors_formatInTheSQL(t *testing.T) {
	_, client := serve(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("X-ClickHouse-Format", "JSON")
	})
	err := client.Run(context.Background(), Query{SQL: "SELECT 1 FORMAT JSON"}, nothing)
	if err == nil || !strings.Contains(err.Error(), "FORMAT JSON") {
		t.Errorf("got %v", err)
	}
}

func TestErrors_ofTheWay(t *testing.T) {
	f := func(address string, options httpclient.Options, kind Kind, part string) {
		t.Helper()
		failure := failing(t, address, options)
		if failure.Kind != kind || !strings.Contains(failure.Error(), part) {
			t.Errorf("%s: got %s: %v", address, failure.Kind, failure)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := listener.Addr().String()
	_ = listener.Close()
	f("http://"+closed+"/", httpclient.Options{}, Network, "nothing listens at "+closed)
	f("http://no-such-host.invalid:8123/", httpclient.Options{}, Network, "is not known")

	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	secure.Config.ErrorLog = nil
	f(secure.URL+"/", httpclient.Options{}, TLS, "CA certificate")
	f(strings.Replace(secure.URL, "https", "http", 1)+"/", httpclient.Options{}, NotClickHouse, "8443")
	f("https://"+closed+"/", httpclient.Options{}, Network, "nothing listens")
	f(secure.URL+"/", httpclient.Options{TLS: &httpclient.TLSOptions{InsecureSkipVerify: true}}, NotClickHouse, "")

	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	f(strings.Replace(plain.URL, "http", "https", 1)+"/", httpclient.Options{}, TLS, "does not speak TLS")

	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	timeouts := httpclient.TimeoutOptions{Timeout: 200 * time.Millisecond}
	f("http://"+silent.Addr().String()+"/", httpclient.Options{Timeouts: &timeouts}, Timeout, "did not answer within")

	native, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = native.Close() }()
	go func() {
		for {
			connection, err := native.Accept()
			if err != nil {
				return
			}
			_, _ = connection.Write([]byte("\x02\x00garbage\r\n\r\n"))
			_ = connection.Close()
		}
	}()
	f("http://"+native.Addr().String()+"/", httpclient.Options{}, NotClickHouse, "9000 is the native protocol")
}

func TestErrors_neverShowThePassword(t *testing.T) {
	options := httpclient.Options{BasicAuth: &httpclient.BasicAuthOptions{User: "u", Password: "hunter2"}}
	for _, address := range []string{"http://127.0.0.1:1/", "http://no-such-host.invalid/", "https://127.0.0.1:1/"} {
		if text := failing(t, address, options).Error(); strings.Contains(text, "hunter2") || strings.Contains(text, "query_id") {
			t.Errorf("%s: %s", address, text)
		}
	}
}
