package server_test

import (
	"net/http"
	"strings"
	"testing"
)

type dto struct {
	UID, URL         string
	ReadOnly         bool
	JSONData         map[string]any
	SecureJSONFields map[string]bool
	Version          int
}

func TestDataSourceShowsWhichSecretsAreSetButNeverThem(t *testing.T) {
	h := newHost(t)
	got := h.call("GET", "/api/datasources/uid/test", "")
	ds := read[dto](h, http.StatusOK, got)
	if ds.UID != "test" || ds.ReadOnly || !ds.SecureJSONFields["secret"] {
		t.Errorf("%+v", ds)
	}
	for _, path := range []string{"/api/datasources/uid/test", "/api/datasources", "/api/frontend/settings"} {
		if strings.Contains(string(h.call("GET", path, "").body), "s3cret") {
			t.Errorf("%s shows a secret", path)
		}
	}
}

func TestSavedSettingsMakeANewInstance(t *testing.T) {
	h := newHost(t)
	ask := func() asked {
		return echoed(t, read[queryAnswer](h, http.StatusOK, h.call("POST", "/api/ds/query",
			`{"from":"now-1h","to":"now","queries":[{"refId":"A","datasource":{"uid":"test"}}]}`)), "A")
	}
	before := ask()
	read[struct{ Datasource dto }](h, http.StatusOK, h.call("PUT", "/api/datasources/uid/test",
		`{"url":"http://new","jsonData":{"b":2},"secureJsonData":{"more":"m"}}`))
	after := ask()
	if after.URL != "http://new" || after.Settings["b"] != 2.0 || after.Secret != "s3cret" {
		t.Errorf("new settings, old secret: %+v", after)
	}
	if after.Instance == before.Instance {
		t.Error("the backend kept its old instance")
	}
}

func TestReadOnlyDataSourceIsNotSaved(t *testing.T) {
	h := newHost(t)
	got := read[struct{ Message string }](h, http.StatusForbidden, h.call("PUT", "/api/datasources/uid/fixed", `{"url":"http://new"}`))
	if !strings.Contains(got.Message, "read-only") {
		t.Errorf("message %q", got.Message)
	}
}

func TestHealth(t *testing.T) {
	h := newHost(t)
	type health struct {
		Status, Message string
		Details         map[string]string
	}
	if got := read[health](h, 200, h.call("GET", "/api/datasources/uid/test/health", "")); got.Status != "OK" || got.Message != "well" {
		t.Errorf("%+v", got)
	}
	got := read[health](h, 400, h.call("GET", "/api/datasources/uid/ill/health", ""))
	if got.Status != "ERROR" || got.Message != "ill" || got.Details["hint"] != "rest" {
		t.Errorf("%+v", got)
	}
	read[struct{ Message string }](h, 404, h.call("GET", "/api/datasources/uid/nope/health", ""))
}

func TestResourcesAreForwarded(t *testing.T) {
	h := newHost(t)
	got := h.call("POST", "/api/datasources/uid/test/resources/a/b%20c?x=1&y=2", "body", func(r *http.Request) {
		r.Header.Set("X-Own", "1")
		r.Header.Set("Cookie", "session=1")
	})
	seen := read[struct {
		Method, Path, URL, Body string
		Headers                 map[string][]string
	}](h, http.StatusTeapot, got)
	if seen.Method != "POST" || seen.Path != "a/b c" || seen.URL != "a/b%20c?x=1&y=2" || seen.Body != "body" {
		t.Errorf("%+v", seen)
	}
	if seen.Headers["X-Own"] == nil || seen.Headers["Cookie"] != nil {
		t.Errorf("headers %v", seen.Headers)
	}
	if got.header.Get("Set-Cookie") != "" || got.header.Get("Content-Security-Policy") != "sandbox" {
		t.Errorf("a plugin's answer sets no cookies and is sandboxed: %v", got.header)
	}
}
