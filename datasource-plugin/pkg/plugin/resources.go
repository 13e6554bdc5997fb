package plugin

import (
	"context"
	"fmt"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/macro"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

func (i *Instance) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /columns", columns)
	mux.HandleFunc("GET /values", i.usable(i.values))
	mux.HandleFunc("POST /values", i.usable(i.values))
	mux.HandleFunc("GET /schema", i.usable(i.schema))
	mux.HandleFunc("GET /newest", i.usable(i.newest))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusNotFound, map[string]string{"message": fmt.Sprintf("there is no resource %s %s: GET columns, GET or POST values, GET schema and GET newest are", r.Method, r.URL.Path)})
	})
	return mux
}

// usable refuses while the settings are broken.
func (i *Instance) usable(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if i.broken != nil {
			writeFailure(w, &query.Invalid{Reason: i.broken.Error()})
			return
		}
		next(w, r)
	}
}

// column describes one column to the editor.
type column struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Type     string `json:"type"`
	About    string `json:"about"`
	Nullable bool   `json:"nullable"`
	// Words to offer as values; null where values are asked for.
	Words []string `json:"words"`
}

// columns: GET columns → [{name, kind, type, about, nullable, words}].
func columns(w http.ResponseWriter, _ *http.Request) {
	all := schema.All()
	list := make([]column, len(all))
	for n, c := range all {
		list[n] = column{Name: c.Name, Kind: c.Kind.String(), Type: c.Type, About: c.About, Nullable: c.Nullable, Words: schema.Suggestions(c)}
	}
	writeJSON(w, http.StatusOK, list)
}

// extent of what is stored; both times are null in an empty store.
type extent struct {
	Events   uint64 `json:"events"`
	NewestMs *int64 `json:"newestMs"`
	OldestMs *int64 `json:"oldestMs"`
}

func (i *Instance) extent(ctx context.Context) (extent, error) {
	var stored extent
	var newest, oldest int64
	statement := fmt.Sprintf("SELECT count(), toUnixTimestamp64Milli(max(time)), toUnixTimestamp64Milli(min(time)) FROM %s.events", clickhouse.Identifier(i.store.Database()))
	if err := i.row(ctx, statement, &stored.Events, &newest, &oldest); err != nil {
		return stored, err
	}
	if stored.Events > 0 {
		stored.NewestMs, stored.OldestMs = &newest, &oldest
	}
	return stored, nil
}

// newest: GET newest → {newestMs, oldestMs, events}.
func (i *Instance) newest(w http.ResponseWriter, r *http.Request) {
	stored, err := i.extent(r.Context())
	if err != nil {
		writeFailure(w, err)
		return
	}
	writeJSON(w, http.StatusOK, stored)
}

// tableInfo describes a table to the completion of SQL.
type tableInfo struct {
	Name    string       `json:"name"`
	Columns []columnInfo `json:"columns"`
}

type columnInfo struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// schema: GET schema → {database, tables: [{name, columns: [{name, type}]}], functions: [name], macros: [{name, signature, about}]}.
func (i *Instance) schema(w http.ResponseWriter, r *http.Request) {
	database := i.store.Database()
	tables := []tableInfo{}
	statement := "SELECT table, name, type FROM system.columns WHERE database = {database:String} AND NOT startsWith(table, '.') ORDER BY table, position LIMIT 5000"
	comment := resourceComment(r, "schema")
	ask := clickhouse.Query{SQL: statement, Params: filter.Params{"database": clickhouse.Text(database)}, Comment: comment, Timeout: healthTimeout}
	err := i.store.Run(r.Context(), ask, func(b *clickhouse.Block) error {
		var table, name, kind string
		for row := range b.Rows() {
			if err := clickhouse.Scan(b, row, &table, &name, &kind); err != nil {
				return err
			}
			if len(tables) == 0 || tables[len(tables)-1].Name != table {
				tables = append(tables, tableInfo{Name: table})
			}
			last := &tables[len(tables)-1]
			last.Columns = append(last.Columns, columnInfo{name, kind})
		}
		return nil
	})
	if err != nil {
		writeFailure(w, err)
		return
	}
	functions := []string{}
	ask = clickhouse.Query{SQL: "SELECT name FROM system.functions WHERE alias_to = '' ORDER BY name LIMIT 5000", Comment: comment, Timeout: healthTimeout}
	err = i.store.Run(r.Context(), ask, func(b *clickhouse.Block) error {
		var name string
		for row := range b.Rows() {
			if err := clickhouse.Scan(b, row, &name); err != nil {
				return err
			}
			functions = append(functions, name)
		}
		return nil
	})
	if err != nil {
		writeFailure(w, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"database": database, "tables": tables, "functions": functions, "macros": macro.List()})
}

func resourceComment(r *http.Request, name string) clickhouse.Comment {
	comment := clickhouse.Comment{Query: name}
	var user *backend.User = httpadapter.UserFromContext(r.Context())
	if user != nil {
		comment.User = user.Login
	}
	return comment
}
