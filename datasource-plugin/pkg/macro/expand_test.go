package macro

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
)

var update = flag.Bool("update", false, "write the golden files anew")

func context(t testing.TB, filters ...filter.Filter) Context {
	t.Helper()
	set, err := filter.Parse(filters)
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2026, 11, 22, 0, 0, 0, 123e6, time.UTC)
	return Context{From: from, To: from.Add(36 * time.Hour), Interval: time.Minute, AdHoc: set, Binder: filter.Params{}, Database: "fireplot", Settings: true}
}

var bySource = filter.Filter{Key: "src_ip", Operator: "=", Value: "192.0.2.1"}

// TestExpand_golden compares testdata/NAME.sql, expanded, with NAME.golden.
func TestExpand_golden(t *testing.T) {
	inputs, err := filepath.Glob("testdata/*.sql")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	for _, input := range inputs {
		t.Run(strings.TrimSuffix(filepath.Base(input), ".sql"), func(t *testing.T) {
			sql, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Expand(string(sql), context(t, bySource))
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(input, ".sql") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got.SQL), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got.SQL != string(want) {
				t.Errorf("%s expands to\n%s\nwant\n%s", input, got.SQL, want)
			}
		})
	}
}

// Every macro must occur in a golden file, so that none changes its meaning unnoticed.
func TestExpand_goldenFilesUseEveryMacro(t *testing.T) {
	inputs, _ := filepath.Glob("testdata/*.sql")
	used := map[string]bool{}
	for _, input := range inputs {
		sql, err := os.ReadFile(input)
		if err != nil {
			t.Fatal(err)
		}
		pieces, err := split(string(sql))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pieces {
			used["$__"+p.name] = true
		}
	}
	for _, help := range List() {
		if !used[help.Name] {
			t.Errorf("no file under testdata uses %s", help.Name)
		}
	}
}

func TestExpand_Failure(t *testing.T) {
	f := func(sql, want string) {
		t.Helper()
		got, err := Expand(sql, context(t, bySource))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %q, %v; want an error with %q", sql, got.SQL, err, want)
		}
	}
	f("SELECT $__timeFiltr(time)", "$__timeFiltr is not known; known are $__adHoc, $__adHocFilters,")
	f("SELECT $__(x)", "variable $__, which has no value here")
	f("SELECT $__timeFilter", "got 0 arguments: write $__timeFilter(col)")
	f("SELECT $__timeFilter()", "got 0 arguments")
	f("SELECT $__timeFilter(a, b)", "got 2 arguments")
	f("SELECT $__timeGroup(a,)", "has an empty argument")
	f("SELECT $__timeFilter(time", "$__timeFilter has no closing parenthesis")
	f("SELECT $__timeFilter('time)", "$__timeFilter has no closing parenthesis")
	f("SELECT $__fromTime(1)", "got 1 arguments: write $__fromTime")
	f("SELECT $__timeGroup(time, soon)", "soon is not an interval")
	f("SELECT $__timeGroup(time, 0s)", "is not an interval")
	f("SELECT $__timeGroup($__nope, 5m)", "$__nope is not known")
	f("SELECT $host", "variable $host, which has no value here")
	f("SELECT 1 WHERE x = ${host:singlequote}", "variable ${host:singlequote}")
	f("SELECT $__adHoc('cells_1m')", "filters on src_ip cannot reach the table cells_1m")
	f("SELECT $__adHoc('system.users')", "not a table that can be filtered; those are events")
	f("SELECT 1 SETTINGS $__adHocFilters('cells_1h')", "cannot reach the table cells_1h")
	f("SELECT (SELECT 1 SETTINGS $__adHocFilters('events')) SETTINGS $__adHocFilters('sources')", "stands twice")
	f(strings.Repeat("$__timeFilter(", 30)+"x"+strings.Repeat(")", 30), "nested more than")
}

func TestExpand_withoutSettings(t *testing.T) {
	bare := context(t, bySource)
	bare.Settings = false
	if _, err := Expand("SELECT 1 SETTINGS $__adHocFilters('events')", bare); err == nil || !strings.Contains(err.Error(), "$__adHoc into the WHERE") {
		t.Errorf("got %v", err)
	}
	got, err := Expand("SELECT 1 WHERE $__adHoc", bare)
	if err != nil || !got.AdHocPlaced {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestExpand_withoutFilters(t *testing.T) {
	got, err := Expand("SELECT 1 WHERE $__adHoc SETTINGS $__adHocFilters('events')", context(t))
	if err != nil || got.SQL != "SELECT 1 WHERE 1=1 SETTINGS additional_table_filters = {}" {
		t.Errorf("got %q, %v", got.SQL, err)
	}
}

func TestExpand_leavesPlainSQLAlone(t *testing.T) {
	for _, sql := range []string{"", "SELECT 1", "SELECT '$x', $1, \"$y\"", "SELECT $a$ $b $a$", "SELECT 'open", "/* open", "SELECT 1 -- $x"} {
		got, err := Expand(sql, context(t))
		if err != nil || got.SQL != sql {
			t.Errorf("%q became %q, %v", sql, got.SQL, err)
		}
	}
}

func FuzzExpand_keepsQuotedText(f *testing.F) {
	for _, seed := range []string{"a", "'", "$__timeFilter(", "\\", "*/", "$__x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		literal := "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
		sql := "SELECT " + literal + ", $__from"
		got, err := Expand(sql, context(t))
		if want := "SELECT " + literal + ", 1795305600123"; err != nil || got.SQL != want {
			t.Errorf("%s became %s, %v", sql, got.SQL, err)
		}
	})
}
