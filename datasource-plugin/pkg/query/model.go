// Package query answers the query types of src/query.ts. Each type reads its own part of the model, builds bounded SQL
// and shapes the answer as ARCHITECTURE.md says under "Frames".
package query

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
)

// Invalid is a question that cannot be answered as it is asked: the viewer's to mend.
type Invalid struct{ Reason string }

func (i *Invalid) Error() string { return i.Reason }

func invalid(format string, args ...any) error { return &Invalid{fmt.Sprintf(format, args...)} }

// Model mirrors FirewallQuery of src/query.ts. Numbers may arrive as text, since variables stand for them.
type Model struct {
	QueryType     string          `json:"queryType"`
	Filters       []filter.Filter `json:"filters"`
	AdHoc         []filter.Filter `json:"adhoc"`
	PortFrom      text            `json:"portFrom"`
	PortTo        text            `json:"portTo"`
	RowsPerDecade text            `json:"rowsPerDecade"`
	ShowTail      bool            `json:"showTail"`
	MaxCells      text            `json:"maxCells"`
	Cell          *CellRange      `json:"cell"`
	Format        string          `json:"format"`
	Limit         text            `json:"limit"`
	By            string          `json:"by"`
	Measure       string          `json:"measure"`
	RawSQL        string          `json:"rawSql"`
	Column        string          `json:"column"`
	Kinds         []string        `json:"kinds"`
	Pace          string          `json:"pace"`
	OddFlags      bool            `json:"oddFlags"`
	MinSeverity   string          `json:"minSeverity"`
	ShowKnown     bool            `json:"showKnown"`
	Live          bool            `json:"live"`
	StepMs        text            `json:"stepMs"`
	Marks         string          `json:"marks"`
	OnlyAllowed   bool            `json:"onlyAllowed"`
}

// CellRange is half-open in both directions; its ports are the edges of a row, 0.5 to 1 for no port.
type CellRange struct {
	From     float64 `json:"from"`
	To       float64 `json:"to"`
	PortFrom float64 `json:"portFrom"`
	PortTo   float64 `json:"portTo"`
	Classes  []int   `json:"classes"`
}

// text is a JSON string or number, kept as text.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	if string(raw) == "null" {
		return nil
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*t = text(strings.TrimSpace(s))
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return err
	}
	*t = text(n.String())
	return nil
}

// unset: empty, or a variable that the dashboard does not have and nobody replaced.
func (t text) unset() bool { return t == "" || strings.HasPrefix(string(t), "$") }

// integer reads a whole number from `least` to `most`, `fallback` when unset. Numbers beyond `most` are brought down to it.
func (t text) integer(name string, fallback, least, most int) (int, error) {
	if t.unset() {
		return fallback, nil
	}
	n, err := strconv.ParseFloat(string(t), 64)
	if err != nil || n != math.Trunc(n) || n < float64(least) {
		return 0, invalid("%s is %q: it must be a whole number from %d to %d", name, string(t), least, most)
	}
	return int(math.Min(n, float64(most))), nil
}

// parse reads the model and names what cannot be read.
func parse(raw json.RawMessage) (Model, error) {
	var m Model
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, invalid("the query cannot be read: %v", err)
	}
	return m, nil
}

// ports reads the range of ports, both ends included.
func (m Model) ports() (from, to int, err error) {
	if from, err = port("portFrom", m.PortFrom, 1); err != nil {
		return 0, 0, err
	}
	if to, err = port("portTo", m.PortTo, grid.MaxPort); err != nil {
		return 0, 0, err
	}
	if from > to {
		return 0, 0, invalid("the port range %d to %d runs backwards", from, to)
	}
	return from, max(to, 1), nil
}

func port(name string, value text, fallback int) (int, error) {
	if value.unset() {
		return fallback, nil
	}
	// A drag on a logarithmic axis ends between two ports.
	n, err := strconv.ParseFloat(string(value), 64)
	if err != nil || n < 0 || n > grid.MaxPort+1 {
		return 0, invalid("%s is %q: it must be a port, 0 to %d", name, string(value), grid.MaxPort)
	}
	return min(int(n), grid.MaxPort), nil
}

// conditions of the editor and of the dashboard together.
func (m Model) conditions() (filter.Set, error) {
	set, err := filter.Parse(m.Filters, m.AdHoc)
	if err != nil {
		return nil, &Invalid{err.Error()}
	}
	return set, nil
}
