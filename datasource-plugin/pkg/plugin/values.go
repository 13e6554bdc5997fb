package plugin

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
)

const (
	// A question of the editor is small; more than this is none of its.
	mostBody = 1 << 20
	// Values to offer when the question names no number.
	offered = "100"
)

// valuesRequest is a question for suggestions: src/resources.ts has its meaning. By GET it comes as parameters,
// `filters` as JSON text; by POST as a body.
type valuesRequest struct {
	Column  string          `json:"column"`
	From    int64           `json:"from"`
	To      int64           `json:"to"`
	Search  string          `json:"search"`
	Limit   json.Number     `json:"limit"`
	Filters []filter.Filter `json:"filters"`
}

// value of a column; its text is the value itself.
type value struct {
	Value string `json:"value"`
}

// values: GET or POST values → [{value}], the most frequent first.
func (i *Instance) values(w http.ResponseWriter, r *http.Request) {
	asked, err := readValues(w, r)
	if err != nil {
		writeFailure(w, &query.Invalid{Reason: "the question for values cannot be read: " + err.Error()})
		return
	}
	if asked.From == 0 || asked.To == 0 {
		if asked.From, asked.To, err = i.lastDay(r); err != nil {
			writeFailure(w, err)
			return
		}
	}
	if asked.From >= asked.To {
		writeFailure(w, &query.Invalid{Reason: "the time range of the question for values is empty"})
		return
	}
	if asked.Limit == "" {
		asked.Limit = offered
	}
	request := query.Request{From: time.UnixMilli(asked.From), To: time.UnixMilli(asked.To), Comment: resourceComment(r, "values")}
	list, err := i.runner.Values(r.Context(), request, query.Suggest{
		Column: asked.Column, Search: asked.Search, Limit: asked.Limit.String(), Filters: asked.Filters,
	})
	if err != nil {
		writeFailure(w, err)
		return
	}
	answer := make([]value, len(list))
	for n, text := range list {
		answer[n] = value{text}
	}
	writeJSON(w, http.StatusOK, answer)
}

func readValues(w http.ResponseWriter, r *http.Request) (valuesRequest, error) {
	var asked valuesRequest
	if r.Method == http.MethodPost {
		return asked, json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody)).Decode(&asked)
	}
	parameters := r.URL.Query()
	asked.Column, asked.Search, asked.Limit = parameters.Get("column"), parameters.Get("search"), json.Number(parameters.Get("limit"))
	for name, into := range map[string]*int64{"from": &asked.From, "to": &asked.To} {
		if text := parameters.Get(name); text != "" {
			ms, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return asked, err
			}
			*into = ms
		}
	}
	if text := parameters.Get("filters"); text != "" {
		return asked, json.Unmarshal([]byte(text), &asked.Filters)
	}
	return asked, nil
}

// lastDay is the last day that has events, for a question without a time range.
func (i *Instance) lastDay(r *http.Request) (from, to int64, err error) {
	stored, err := i.extent(r.Context())
	if err != nil {
		return 0, 0, err
	}
	to = time.Now().UnixMilli()
	if stored.NewestMs != nil {
		to = *stored.NewestMs + 1
	}
	return to - 24*time.Hour.Milliseconds(), to, nil
}
