// Package stream follows the store over Grafana Live: events as log lines, or as cells of a fireplot, as they are stored.
// Grafana runs a channel once, for all who listen, and ends it when nobody does; a channel is a query, so its name is
// made of the query.
package stream

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
)

const (
	prefix = "tail/"
	// Bytes of the hash in a channel's name: nobody finds a second query for one in use, and names stay short.
	hashBytes = 16
	maxQuery  = 32 << 10
)

// ErrUnknown is a path that is no channel of ours.
var ErrUnknown = errors.New("there is no such channel: a tail is tail/HASH")

// ErrMismatch is a subscription to another query's channel: whoever comes first would decide what all others see.
var ErrMismatch = errors.New("the channel belongs to another query")

// subscription is what travels as a subscription's data. The query is text within it, so that its hash does not depend
// on how JSON is written anew on the way.
type subscription struct {
	Query string `json:"query"`
}

// Path of the channel of a query, given as JSON text; src/tail/channel.ts names it the same way.
func Path(text string) string {
	sum := sha256.Sum256([]byte(text))
	return prefix + hex.EncodeToString(sum[:hashBytes])
}

// Open checks a subscription. Errors are ErrUnknown, ErrMismatch, or *query.Invalid.
func Open(runner *query.Runner, path string, raw json.RawMessage) (Follower, error) {
	if !strings.HasPrefix(path, prefix) {
		return nil, ErrUnknown
	}
	var wanted subscription
	if len(raw) > maxQuery {
		return nil, &query.Invalid{Reason: "the query of the subscription is too long"}
	}
	if err := json.Unmarshal(raw, &wanted); err != nil {
		return nil, &query.Invalid{Reason: "the subscription carries no query"}
	}
	if Path(wanted.Query) != path {
		return nil, ErrMismatch
	}
	var kind struct {
		QueryType string `json:"queryType"`
	}
	_ = json.Unmarshal([]byte(wanted.Query), &kind) // who reads the whole query says what is wrong with it
	if kind.QueryType == "fireplot" {
		tail, err := runner.CellsTail(json.RawMessage(wanted.Query))
		if err != nil {
			return nil, err
		}
		return &cells{tail: tail}, nil
	}
	tail, err := runner.Tail(json.RawMessage(wanted.Query))
	if err != nil {
		return nil, err
	}
	return &lines{tail: tail}, nil
}
