// Package clickhouse asks a ClickHouse server, or the embedded engine's HTTP face, one question at a time:
// a POST with the SQL as its body, parameters beside it, the answer as Native blocks of revision 0.
package clickhouse

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
)

// DefaultMaxBytes of one answer.
const (
	DefaultMaxBytes = 64 << 20
	// Without it a server that hangs would be waited for as long as the HTTP client allows.
	grace = 5 * time.Second
)

// ErrStop ends an answer early: the callback of Run returns it when it has enough, and Run returns nil.
var ErrStop = errors.New("enough rows")

// Client is bound to one store. It is safe for use from many goroutines.
type Client struct {
	http     *http.Client
	url      *url.URL
	database string
	timeout  time.Duration
	profile  profile
}

// New builds a client; nothing is sent until the first query.
func New(address *url.URL, database string, timeout time.Duration, options httpclient.Options) (*Client, error) {
	transport, err := httpclient.New(options)
	if err != nil {
		return nil, classify(err, address.Host, timeout)
	}
	// A redirect would turn the POST into a GET without its body, and an error into a puzzle.
	transport.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{http: transport, url: address, database: database, timeout: timeout}, nil
}

// Database is the name of the database that holds the events.
func (c *Client) Database() string { return c.database }

// Host names the store in messages; never with user or password.
func (c *Client) Host() string { return c.url.Host }

// Close drops the idle connections; running queries end on their own.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Query is one question.
type Query struct {
	// SQL with `{name:Type}` where a parameter stands.
	SQL string
	// Params by name; they never become part of the SQL.
	Params map[string]Param
	// Settings beyond the standing ones. Dropped where the user's profile forbids settings: see Client.Mode.
	Settings map[string]string
	// Comment goes into the server's query log.
	Comment Comment
	// Timeout of the query in the store; 0 is the client's.
	Timeout time.Duration
	// MaxBytes of the answer; 0 is 64 MiB.
	MaxBytes int64
	// Streamed answers are not held back by the store: for SQL whose size nothing bounds but the reader.
	Streamed bool
}

// Run asks, and hands each block of the answer to `each`, which must not keep it. Errors are *Error, except those
// that `each` itself returned.
func (c *Client) Run(ctx context.Context, q Query, each func(*Block) error) error {
	mode, err := c.mode(ctx)
	if err != nil {
		return err
	}
	err = c.run(ctx, q, mode, each)
	var refused *Error
	if errors.As(err, &refused) && refused.Kind == Readonly {
		c.forget()
	}
	return err
}

func (c *Client) run(ctx context.Context, q Query, mode Mode, each func(*Block) error) error {
	timeout := q.Timeout
	if timeout <= 0 {
		timeout = c.timeout
	}
	// Leaving the function cancels the request, which stops the query in the store.
	ctx, cancel := context.WithTimeout(ctx, timeout+grace)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address(q, mode, timeout), strings.NewReader(q.SQL))
	if err != nil {
		return classify(err, c.Host(), timeout)
	}
	request.Header.Set("Content-Type", "text/plain; charset=utf-8")
	response, err := c.http.Do(request)
	if err != nil {
		return classify(err, c.Host(), timeout)
	}
	defer func() { _ = response.Body.Close() }()
	if err := refusal(response, c.Host()); err != nil {
		return err
	}
	limit := q.MaxBytes
	if limit <= 0 {
		limit = DefaultMaxBytes
	}
	err = decode(response.Body, limit, zoneOf(response), each)
	var own *Error
	switch {
	case err == nil, errors.Is(err, ErrStop):
		return nil
	case errors.As(err, &own):
		return err
	case errors.As(err, new(*callbackError)):
		return errors.Unwrap(err)
	default:
		return classify(err, c.Host(), timeout)
	}
}

// refusal turns everything but a Native answer into an error.
func refusal(response *http.Response, host string) error {
	header := response.Header
	if code := header.Get("X-ClickHouse-Exception-Code"); code != "" || response.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(io.LimitReader(response.Body, tailSize))
		return fromResponse(response.StatusCode, code, string(body), host)
	}
	switch format := header.Get("X-ClickHouse-Format"); format {
	case "Native":
		return nil
	case "":
		return notClickHouse(host)
	default:
		return &Error{Kind: Syntax, Message: "the SQL asks for FORMAT " + format, Advice: "Leave the FORMAT clause out: the data source chooses it."}
	}
}

func zoneOf(response *http.Response) *time.Location {
	if zone, err := time.LoadLocation(response.Header.Get("X-ClickHouse-Timezone")); err == nil {
		return zone
	}
	return time.UTC
}

// Scan reads one row of a block, column by column, into pointers.
func Scan(b *Block, row int, into ...any) error {
	for i, pointer := range into {
		if err := b.Columns[i].ScanRow(pointer, row); err != nil {
			return err
		}
	}
	return nil
}
