package clickhouse

import (
	"encoding/json"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Comment says on whose behalf a query runs; the server keeps it in `log_comment` of its query log.
type Comment struct {
	User      string `json:"user,omitempty"`
	Dashboard string `json:"dashboard,omitempty"`
	Panel     string `json:"panel,omitempty"`
	Rule      string `json:"rule,omitempty"`
	// Query is the refId or the resource that asked.
	Query string `json:"query,omitempty"`
}

func (c Comment) text() string {
	type named struct {
		App string `json:"app"`
		Comment
	}
	text, err := json.Marshal(named{"fireplot", c})
	if err != nil {
		return "fireplot"
	}
	return string(text)
}

// address is the store's URL with everything but the SQL: what is asked for, under which settings and parameters.
func (c *Client) address(q Query, mode Mode, timeout time.Duration) string {
	values := url.Values{}
	values.Set("default_format", "Native")
	values.Set("database", c.database)
	values.Set("query_id", "fireplot-"+uuid.NewString())
	// The answer is held back until it is complete, so that a late error is still a proper one. Not a setting:
	// it is understood under every profile.
	if !q.Streamed {
		values.Set("wait_end_of_query", "1")
	}
	if mode != Bare {
		for name, value := range q.Settings {
			values.Set(name, value)
		}
		values.Set("max_execution_time", strconv.Itoa(int(math.Ceil(timeout.Seconds()))))
		values.Set("log_comment", q.Comment.text())
		values.Set("cancel_http_readonly_queries_on_client_close", "1")
	}
	if mode == Open {
		values.Set("readonly", "1")
	}
	for name, value := range q.Params {
		values.Set("param_"+name, string(value))
	}
	address := *c.url
	address.RawQuery = values.Encode()
	return address.String()
}

// Param is a parameter in the form in which it travels.
type Param string

// Text is a parameter of a scalar type. ClickHouse reads it as one field of a TabSeparated row.
func Text(value string) Param { return Param(paramEscaper.Replace(value)) }

// Texts is a parameter of an Array type. Its elements are quoted, and not escaped a second time as a field.
func Texts(values []string) Param {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = Quote(value)
	}
	return Param("[" + strings.Join(quoted, ",") + "]")
}

var paramEscaper = strings.NewReplacer("\\", "\\\\", "\t", "\\t", "\n", "\\n", "\r", "\\r", "\x00", "\\0", "\b", "\\b", "\f", "\\f")

// Quote writes a string literal, for the one place where a value cannot be a parameter: the text of a setting.
func Quote(value string) string { return "'" + literalEscaper.Replace(value) + "'" }

var literalEscaper = strings.NewReplacer("\\", "\\\\", "'", "\\'", "\x00", "\\0", "\n", "\\n", "\t", "\\t", "\r", "\\r")

// Identifier quotes the name of a database, table or column.
func Identifier(name string) string {
	return "`" + strings.NewReplacer("\\", "\\\\", "`", "\\`").Replace(name) + "`"
}
