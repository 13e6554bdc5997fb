package query

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

func cellQuery(from, to time.Duration, portFrom, portTo float64, more map[string]any) map[string]any {
	cell := map[string]any{"from": day.Add(from).UnixMilli(), "to": day.Add(to).UnixMilli(), "portFrom": portFrom, "portTo": portTo}
	query := map[string]any{"queryType": "cell", "cell": cell}
	for key, value := range more {
		if key == "classes" {
			cell[key] = value
		} else {
			query[key] = value
		}
	}
	return query
}

func TestCell_countsWhatLiesInIt(t *testing.T) {
	f := func(name string, query map[string]any, keep func(row) bool) {
		t.Run(name, func(t *testing.T) {
			list := ask(t, query)
			if len(list) != 2 || list[0].Name != "summary" || list[1].Name != "top" || list[0].Rows() != 1 {
				t.Fatalf("got %v", list)
			}
			var events uint64
			first, last := int64(1)<<62, int64(0)
			sources, targets := map[string]uint64{}, map[string]bool{}
			for _, r := range rows {
				if keep(r) {
					events += r.count
					sources[r.source] += r.count
					targets[r.target] = true
					first, last = min(first, r.ms), max(last, r.ms)
				}
			}
			if events == 0 {
				t.Fatal("the case has no events")
			}
			got := fmt.Sprintln(list[0].At(0, 0), list[0].At(1, 0), list[0].At(2, 0), list[0].At(3, 0).(*time.Time).UnixMilli(), list[0].At(4, 0).(*time.Time).UnixMilli())
			if want := fmt.Sprintln(events, len(sources), len(targets), first, last); got != want {
				t.Errorf("summary %s, want %s", got, want)
			}
			checkTop(t, list[1], sources)
		})
	}
	within := func(r row, from, to time.Duration) bool {
		return r.ms >= day.Add(from).UnixMilli() && r.ms < day.Add(to).UnixMilli()
	}
	f("one row of an hour", cellQuery(0, time.Hour, 22, 23, nil), func(r row) bool { return within(r, 0, time.Hour) && r.port == 22 && r.class < 8 })
	f("a scan", cellQuery(18*time.Hour, 18*time.Hour+time.Minute, 8017, 8104, nil), func(r row) bool {
		return within(r, 18*time.Hour, 18*time.Hour+time.Minute) && r.port >= 8017 && r.port < 8104
	})
	f("all of a day, with tails", cellQuery(0, 24*time.Hour, 0.5, 65536, map[string]any{"showTail": true}), func(r row) bool { return within(r, 0, 24*time.Hour) })
	f("no port", cellQuery(12*time.Hour, 13*time.Hour, 0.5, 1, nil), func(r row) bool { return within(r, 12*time.Hour, 13*time.Hour) && r.port == 0 })
	f("one class", cellQuery(0, 24*time.Hour, 1, 65536, map[string]any{"classes": []int{1, 4}}), func(r row) bool { return r.class == 1 || r.class == 4 })
	f("a tail by its class", cellQuery(0, 24*time.Hour, 1, 65536, map[string]any{"classes": []int{8}}), func(r row) bool { return r.class == 8 })
	f("filtered", cellQuery(0, 24*time.Hour, 22, 23, map[string]any{"adhoc": filtered("src_ip", "=", "2001:db8::/32")}), func(r row) bool { return r.source == "2001:db8::1" })
}

func checkTop(t *testing.T, frame *data.Frame, sources map[string]uint64) {
	t.Helper()
	counts := make([]uint64, 0, len(sources))
	for _, n := range sources {
		counts = append(counts, n)
	}
	sort.Slice(counts, func(i, j int) bool { return counts[i] > counts[j] })
	if frame.Rows() != min(len(counts), 10) {
		t.Fatalf("%d top sources of %d", frame.Rows(), len(counts))
	}
	for i := range frame.Rows() {
		source, events := frame.At(0, i).(string), frame.At(1, i).(float64)
		if uint64(events) != counts[i] || sources[source] != counts[i] {
			t.Errorf("place %d: %s with %v, want %d", i, source, events, counts[i])
		}
	}
}

func TestCell_emptyIsZero(t *testing.T) {
	list := ask(t, cellQuery(-48*time.Hour, -47*time.Hour, 22, 23, nil))
	if list[0].Rows() != 1 || list[0].At(0, 0).(float64) != 0 || list[0].At(3, 0).(*time.Time) != nil || list[1].Rows() != 0 {
		t.Errorf("got %v, %v", list[0], list[1])
	}
}

func TestCell_Failure(t *testing.T) {
	f := func(query map[string]any) {
		t.Helper()
		var asked *Invalid
		if _, err := runner.Run(context.Background(), request(t, query)); !errors.As(err, &asked) {
			t.Errorf("%v: %v", query, err)
		}
	}
	f(map[string]any{"queryType": "cell"})
	f(cellQuery(time.Hour, time.Hour, 22, 23, nil))
	f(cellQuery(0, time.Hour, 23, 23, nil))
	f(cellQuery(0, time.Hour, 22, 23, map[string]any{"classes": []int{16}}))
	f(cellQuery(0, time.Hour, 22, 23, map[string]any{"filters": filtered("x", "=", "1")}))
}
