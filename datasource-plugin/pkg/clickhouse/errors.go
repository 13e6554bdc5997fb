package clickhouse

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Kind is the closed set of what can go wrong between us and the store.
type Kind string

// Kinds, in the order in which a connection meets them.
const (
	Network       Kind = "network"
	TLS           Kind = "tls"
	NotClickHouse Kind = "not-clickhouse"
	Auth          Kind = "auth"
	Grant         Kind = "grant"
	Database      Kind = "database"
	Table         Kind = "table"
	Syntax        Kind = "syntax"
	Readonly      Kind = "readonly"
	Timeout       Kind = "timeout"
	Memory        Kind = "memory"
	Limit         Kind = "limit"
	Busy          Kind = "busy"
	Canceled      Kind = "canceled"
	Other         Kind = "other"
)

// Error is a failure of the store or of the way to it: never of the plugin. Its text is for the viewer.
type Error struct {
	Kind Kind
	// Code is ClickHouse's, 0 when the store did not answer.
	Code    int
	Message string
	// Advice says what to do; '' when the message does.
	Advice string
	cause  error
}

func (e *Error) Error() string {
	if e.Advice == "" {
		return e.Message
	}
	return strings.TrimSuffix(e.Message, ".") + ". " + e.Advice
}

func (e *Error) Unwrap() error { return e.cause }

// advice by kind, for exceptions of the store.
var advice = map[Kind]string{
	Auth:     "Check user and password in the data source's settings.",
	Grant:    "Grant the data source's user SELECT on the fireplot database.",
	Database: "Check the database name in the data source's settings, or create it with `fireplot migrate`.",
	Table:    "If it is one of fireplot's own, bring the schema up to date with `fireplot migrate`.",
	Readonly: "The data source only reads, and a query may not change settings.",
	Timeout:  "Narrow the time range or raise the query timeout in the data source's settings.",
	Memory:   "Narrow the time range or group by fewer values.",
	Limit:    "Narrow the time range or add a LIMIT.",
	Busy:     "Too many queries run at once: try again, or refresh dashboards less often.",
}

// kinds of ClickHouse's exception codes; what is missing here is Other.
var kinds = map[int]Kind{
	16: Table, 36: Syntax, 42: Syntax, 43: Syntax, 46: Syntax, 47: Syntax, 53: Syntax, 60: Table, 62: Syntax, 63: Syntax,
	81: Database, 115: Readonly, 158: Limit, 159: Timeout, 160: Timeout, 164: Readonly, 184: Syntax, 192: Auth, 193: Auth,
	194: Auth, 202: Busy, 215: Syntax, 241: Memory, 307: Limit, 386: Syntax, 394: Canceled, 396: Limit, 452: Readonly,
	456: Syntax, 457: Syntax, 497: Grant, 516: Auth, 735: Canceled,
}

var (
	exceptionText = regexp.MustCompile(`(?s)Code: (\d+)\. DB::Exception: (.*)`)
	versionSuffix = regexp.MustCompile(`(?s)\s*\(version [^()]*(\([^()]*\))?\)\s*$`)
	markSuffix    = regexp.MustCompile(`(?s)\r?\n\d+ [a-z]*\r?\n?` + exceptionMark + `.*$`)
)

// findException cuts the exception out of the end of a stream; ” when there is none.
func findException(tail string) string {
	at := strings.LastIndex(tail, "Code: ")
	if at < 0 || !exceptionText.MatchString(tail[at:]) {
		return ""
	}
	return markSuffix.ReplaceAllString(tail[at:], "")
}

func fromException(text string) *Error {
	match := exceptionText.FindStringSubmatch(text)
	if match == nil {
		return &Error{Kind: Other, Message: shorten(text)}
	}
	code, _ := strconv.Atoi(match[1])
	kind, known := kinds[code]
	if !known {
		kind = Other
	}
	message := shorten(versionSuffix.ReplaceAllString(match[2], ""))
	answer := &Error{Kind: kind, Code: code, Message: fmt.Sprintf("ClickHouse says: %s", message), Advice: advice[kind]}
	if aboutIntel(message) {
		answer.Kind, answer.Advice = intelTrouble(code)
	}
	return answer
}

// aboutIntel tells that the dictionary of threat intelligence is what fails.
func aboutIntel(message string) bool {
	return strings.Contains(message, "ictionary") && strings.Contains(message, "intel") || strings.Contains(message, "dictGet")
}

// IsIntel tells a failure of the look-up in the lists, without which most queries can do.
func (e *Error) IsIntel() bool { return e.Code != 0 && aboutIntel(e.Message) }

// intelTrouble: the dictionary is not there, the user may not read it, or it cannot load its own source.
func intelTrouble(code int) (Kind, string) {
	switch code {
	case 36, 60, 281:
		return Table, "Bring the schema up to date with `fireplot migrate`."
	case 497:
		return Grant, "Grant the data source's user dictGet on the dictionary intel: GRANT dictGet ON fireplot.intel TO …"
	}
	return Other, "The store cannot read the lists: `fireplot intel update` says why and what to do."
}

func fromResponse(status int, code, body, host string) *Error {
	if code != "" || exceptionText.MatchString(body) {
		return fromException(body)
	}
	switch {
	case status == http.StatusRequestURITooLong || status == http.StatusRequestHeaderFieldsTooLarge:
		return &Error{Kind: Limit, Message: "the filters are too long to be sent", Advice: "Use fewer values, a range, a network or a regular expression."}
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return &Error{Kind: Auth, Message: fmt.Sprintf("%s refused the request with HTTP status %d", host, status), Advice: advice[Auth]}
	case status >= 502 && status <= 504:
		return &Error{Kind: Network, Message: fmt.Sprintf("the proxy at %s does not reach ClickHouse (HTTP status %d)", host, status), Advice: "Check that ClickHouse runs."}
	case status >= 300 && status < 400:
		return &Error{Kind: NotClickHouse, Message: fmt.Sprintf("%s redirects elsewhere (HTTP status %d)", host, status), Advice: "Enter the address that it redirects to."}
	}
	return notClickHouse(host)
}

func notClickHouse(host string) *Error {
	return &Error{
		Kind:    NotClickHouse,
		Message: fmt.Sprintf("%s answers, but not as ClickHouse's HTTP interface", host),
		Advice:  "Check the port: 8123 for http, 8443 for https; 9000 is the native protocol and does not serve.",
	}
}

// classify sorts an error of the transport. Every one of them is the store's or the network's.
func classify(err error, host string, timeout time.Duration) *Error {
	var (
		authority   x509.UnknownAuthorityError
		hostname    x509.HostnameError
		invalid     x509.CertificateInvalidError
		verify      *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       tls.AlertError
		dns         *net.DNSError
		networkFail net.Error
	)
	fail := func(kind Kind, message, advice string) *Error {
		return &Error{Kind: kind, Message: message, Advice: advice, cause: err}
	}
	switch {
	case errors.Is(err, context.Canceled):
		return fail(Canceled, "the query was cancelled", "")
	case errors.As(err, &authority), errors.As(err, &hostname), errors.As(err, &invalid), errors.As(err, &verify), errors.As(err, &alert):
		return fail(TLS, fmt.Sprintf("the TLS connection to %s failed: %s", host, rootOf(err)), "Give the CA certificate (\"With CA cert\"), correct the server name, or, for a test only, skip the verification.")
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return fail(TLS, fmt.Sprintf("%s does not speak TLS", host), "Write the URL with http:// or use the https port, usually 8443.")
	case errors.As(err, &dns):
		return fail(Network, fmt.Sprintf("the host of %s is not known", host), "Check the spelling of the URL.")
	case errors.Is(err, syscall.ECONNREFUSED):
		return fail(Network, fmt.Sprintf("nothing listens at %s", host), "Start ClickHouse or `fireplot serve`, or correct the URL.")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &networkFail) && networkFail.Timeout():
		return fail(Timeout, fmt.Sprintf("%s did not answer within %s", host, timeout), advice[Timeout])
	case strings.Contains(err.Error(), "malformed HTTP"):
		return notClickHouse(host)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return fail(Network, fmt.Sprintf("%s closed the connection in the middle of an answer", host), "Look into the store's log; try again.")
	}
	return fail(Network, fmt.Sprintf("asking %s failed: %s", host, rootOf(err)), "")
}

// rootOf drops the URL, with its parameters, from a transport error.
func rootOf(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return shorten(err.Error())
		}
		err = next
	}
}

func shorten(text string) string {
	const most = 1000
	text = strings.ToValidUTF8(strings.TrimSpace(text), "�")
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + " …"
}
