package schema

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

const migrations = "../../../provisioning/clickhouse/migrations"

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// body is what stands between the outer parentheses of a CREATE TABLE.
func body(t *testing.T, sql, table string) string {
	t.Helper()
	match := regexp.MustCompile(`(?s)CREATE TABLE IF NOT EXISTS fireplot\.` + table + `\n\((.*?)\n\)\nENGINE`).FindStringSubmatch(sql)
	if match == nil {
		t.Fatalf("no table %s in the migrations", table)
	}
	return match[1]
}

func TestColumns_areThoseOfTheMigration(t *testing.T) {
	var want []string
	for _, line := range strings.Split(body(t, read(t, filepath.Join(migrations, "001_events.sql")), "events"), "\n") {
		line = strings.TrimSuffix(strings.TrimSpace(line), ",")
		name, kind, ok := strings.Cut(line, " ")
		if !ok || name == "INDEX" || name == "PROJECTION" {
			continue
		}
		kind, _, _ = strings.Cut(kind, " CODEC")
		kind, _, _ = strings.Cut(kind, " DEFAULT")
		want = append(want, name+" "+strings.TrimSpace(kind))
	}
	var got []string
	for _, column := range Columns {
		got = append(got, column.Name+" "+column.Type)
		if column.Nullable != strings.HasPrefix(column.Type, "Nullable(") {
			t.Errorf("%s: nullable is %v", column.Name, column.Nullable)
		}
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("columns\n%s\nthe migration has\n%s", a, b)
	}
}

func TestTables_haveTheColumnsThatFiltersUse(t *testing.T) {
	sql := read(t, filepath.Join(migrations, "002_pyramid.sql")) + read(t, filepath.Join(migrations, "003_sources.sql"))
	for _, table := range Filterable {
		if table == Events {
			continue
		}
		columns := regexp.MustCompile(`(?m)^\s*(\w+)`).FindAllStringSubmatch(body(t, sql, table.Name), -1)
		has := map[string]bool{}
		for _, match := range columns {
			has[match[1]] = true
		}
		for name := range *table.columns {
			if !has[name] {
				t.Errorf("%s has no column %s", table.Name, name)
			}
		}
		if !has[table.Time()] || !has["n"] {
			t.Errorf("%s has no time column %s or no n", table.Name, table.Time())
		}
	}
}

func TestNeeded_isAMigration(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(migrations, "*.sql"))
	if err != nil || len(found) == 0 {
		t.Fatal("no migrations")
	}
	for _, path := range found {
		if n, _ := strconv.Atoi(filepath.Base(path)[:3]); n == Needed {
			return
		}
	}
	t.Errorf("no migration has the number %d", Needed)
}

func TestWords_readBackAsTheirNumber(t *testing.T) {
	for _, column := range Columns {
		for number, word := range Words(column) {
			if got, ok := WordNumber(column, strings.ToUpper(word)); !ok || got != number {
				t.Errorf("%s: %q is %d, want %d", column.Name, word, got, number)
			}
			if shown, ok := Word(column, number); !ok || shown != word {
				t.Errorf("%s: %d is %q, want %q", column.Name, number, shown, word)
			}
		}
		for _, word := range Suggestions(column) {
			if _, ok := WordNumber(column, word); !ok {
				t.Errorf("%s offers %q and does not know it", column.Name, word)
			}
		}
	}
}

func TestWordNumber_Failure(t *testing.T) {
	for name, words := range map[string][]string{"proto": {"", "tpc", "256", "-1"}, "action": {"", "dropped", "5"}, "class": {"16", "TCP"}, "tcp_flags": {"SIN", "SYN;ACK", "256"}, "sensor": {"x", "1"}} {
		column, _ := Find(name)
		for _, word := range words {
			if n, ok := WordNumber(column, word); ok {
				t.Errorf("%s: %q is read as %d", name, word, n)
			}
		}
	}
}

func TestClassName(t *testing.T) {
	for class, want := range map[int]string{0: "TCP/IPv4", 1: "UDP/IPv4", 2: "other/IPv4", 3: "no port/IPv4", 4: "TCP/IPv6", 7: "no port/IPv6", 8: "TCP/IPv4 tail", 15: "no port/IPv6 tail"} {
		if got := ClassName(class); got != want {
			t.Errorf("class %d is %q, want %q", class, got, want)
		}
	}
}

// The class is computed by ingest; filters on `proto` are translated into it here.
func TestProtocolBits_areThoseOfIngest(t *testing.T) {
	source := read(t, "../../../ingest/src/event/class.ts")
	match := regexp.MustCompile(`OTHER_WITH_PORTS = new Set\(\[([\d, ]+)\]\)`).FindStringSubmatch(source)
	if match == nil {
		t.Fatal("ingest/src/event/class.ts does not name the other protocols with ports")
	}
	other := map[int]bool{}
	for _, text := range strings.Split(match[1], ",") {
		n, _ := strconv.Atoi(strings.TrimSpace(text))
		other[n] = true
	}
	for proto := range 256 {
		want := 3
		switch {
		case proto == 6:
			want = 0
		case proto == 17:
			want = 1
		case other[proto]:
			want = 2
		}
		if got := ProtocolBits(uint8(proto)); got != want {
			t.Errorf("protocol %d: %d, want %d", proto, got, want)
		}
	}
}

func TestProtocols_areThoseOfIngest(t *testing.T) {
	source := read(t, "../../../ingest/src/dialect/ip/proto.ts")
	_, source, _ = strings.Cut(source, "KEYWORDS: readonly string[] = (")
	source, _, ok := strings.Cut(source, ").split(")
	if !ok {
		t.Fatal("ingest/src/dialect/ip/proto.ts has no list of keywords")
	}
	var want []string
	for _, match := range regexp.MustCompile(`'([^']*)'`).FindAllStringSubmatch(source, -1) {
		want = append(want, strings.Fields(match[1])...)
	}
	if strings.Join(protocols, " ") != strings.Join(want, " ") {
		t.Errorf("protocols\n%s\ningest has\n%s", protocols, want)
	}
}
