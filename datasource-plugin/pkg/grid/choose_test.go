package grid

import (
	"testing"
	"testing/quick"
)

// The reference day starts here; now is a year later unless a case says otherwise.
const start = int64(1_795_305_600_000)

func view(length int64, points int) View {
	return View{From: start, To: start + length, Points: points, PortFrom: 1, PortTo: MaxPort, Now: start + 365*day}
}

func TestChoose_level(t *testing.T) {
	f := func(name string, v View, table string, step int64, octave int) {
		t.Helper()
		g := Choose(v)
		if g.Table.Name != table || g.Step != step || g.Octave != octave {
			t.Errorf("%s: got %s, %d ms, 1/%d octave; want %s, %d ms, 1/%d octave", name, g.Table.Name, g.Step, g.Octave, table, step, octave)
		}
	}
	recent := func(v View) View { v.Now = v.To; return v }
	ports := func(v View, from, to int) View { v.PortFrom, v.PortTo = from, to; return v }
	decade := func(v View, rows float64) View { v.RowsPerDecade = rows; return v }
	filtered := func(v View) View { v.EventsOnly = true; return v }

	f("a day on a screen", view(day, 1500), "cells_1m", minute, 64)
	f("a day on a narrow panel", view(day, 600), "cells_1m", 2*minute, 64)
	f("a day on a phone", view(day, 100), "cells_10m", 10*minute, 32)
	f("a month", view(30*day, 1500), "cells_10m", 20*minute, 32)
	f("a year", view(365*day, 1500), "cells_1h", 4*hour, 32)
	f("the last hours, live", recent(view(4*hour, 1500)), "cells_10s", 10*second, 64)
	f("the same hours a year ago", view(4*hour, 1500), "events", 5*second, 64)
	f("an hour is too fine for 10 s", recent(view(hour, 1500)), "events", 2*second, 64)
	f("beyond the two days of the 10 s level", func() View { v := view(4*hour, 1500); v.Now = v.From + 2*day; return v }(), "events", 5*second, 64)
	f("a second", view(second, 1500), "events", 1, 64)

	f("half of the octaves", ports(view(day, 1500), 256, MaxPort), "cells_1m", minute, 64)
	f("three octaves want finer rows", ports(view(day, 1500), 1024, 8191), "events", 30*second, 256)
	f("low ports have a row each", ports(view(day, 1500), 20, 90), "cells_1m", minute, 64)
	f("ten ports", ports(view(day, 1500), 8080, 8089), "events", 30*second, MaxOctave)
	f("half of the octaves of a month need the finer level", ports(view(30*day, 1500), 2048, MaxPort), "cells_1m", 20*minute, 64)

	f("few rows a decade", decade(view(day, 1500), 50), "cells_1m", minute, 16)
	f("few rows a decade of a month", decade(view(30*day, 1500), 50), "cells_10m", 20*minute, 16)
	f("more rows than the month's level has", decade(view(30*day, 1500), 200), "cells_1m", 20*minute, 64)
	f("more rows than the pyramid has", decade(view(day, 1500), 1000), "events", 30*second, 512)
	f("more rows than any screen has", decade(view(day, 1500), 1e9), "events", 30*second, 512)
	f("as many where few ports are in view", decade(ports(view(day, 1500), 32768, MaxPort), 1e9), "events", 30*second, 8192)

	f("a filter keeps the grid", filtered(view(day, 1500)), "events", minute, 64)
	f("a filter keeps the grid of a month", filtered(view(30*day, 1500)), "events", 20*minute, 32)
}

func TestGrid_spanIsWholeCells(t *testing.T) {
	g := Choose(view(day, 1500))
	v := view(day, 1500)
	v.From, v.To = v.From+30*second, v.To+1
	from, to := g.Span(v)
	if from != start || to != start+day+minute || g.Columns(v) != 1441 {
		t.Errorf("got %d to %d, %d columns", from-start, to-start-day, g.Columns(v))
	}
}

func TestGrid_portSpanIsWholeRows(t *testing.T) {
	g := Grid{Octave: 64}
	f := func(portFrom, portTo, first, last int, noPort bool) {
		t.Helper()
		row, _, gotFirst, gotLast := g.PortSpan(View{PortFrom: portFrom, PortTo: portTo})
		if gotFirst != first || gotLast != last || (row == NoPort) != noPort {
			t.Errorf("%d to %d: got %d to %d, no port %v", portFrom, portTo, gotFirst, gotLast, row == NoPort)
		}
	}
	f(1, MaxPort, 0, MaxPort, true)
	f(0, 22, 0, 22, true)
	f(2, 22, 2, 22, false)
	f(8080, 8080, 8017, 8103, false)
}

func TestLadder_nests(t *testing.T) {
	contract := func(hours uint16, points uint16) bool {
		v := view(int64(hours%9000+1)*hour, int(points%4000)+1)
		rungs := Ladder(Choose(v), v)
		for i, rung := range rungs[1:] {
			before := rungs[i]
			if rung.Step%rungs[0].Step != 0 || rungs[0].Octave%rung.Octave != 0 || rung.Step < before.Step || rung.Octave > before.Octave {
				return false
			}
			if rung.Step == before.Step && rung.Octave == before.Octave {
				return false
			}
		}
		last := rungs[len(rungs)-1]
		return last.Columns(v) == 1 && last.Octave == 1
	}
	if err := quick.Check(contract, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

func TestLadder_timeGivesWayBeforePorts(t *testing.T) {
	v := view(day, 1500)
	rungs := Ladder(Choose(v), v)
	want := []Grid{{Step: minute, Octave: 64}, {Step: 2 * minute, Octave: 64}, {Step: 2 * minute, Octave: 32}, {Step: 3 * minute, Octave: 32}, {Step: 5 * minute, Octave: 32}, {Step: 5 * minute, Octave: 16}}
	for i, w := range want {
		if rungs[i].Step != w.Step || rungs[i].Octave != w.Octave {
			t.Errorf("rung %d: %d ms, 1/%d octave", i, rungs[i].Step, rungs[i].Octave)
		}
	}
}
