package grid

import (
	"math"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// A level of the pyramid serves a view of part of the ports only if it still has this many rows there.
const fewestRows = 256

// Rows to aim at when ports are zoomed into and events are read.
const zoomedRows = 1000

// Rows at most, however many a query asks for: four times the lines of a large screen.
const mostRows = 8192

// View is what is looked at.
type View struct {
	// From and To in ms since the epoch, half-open.
	From, To int64
	// Points is the width of the picture in pixels.
	Points int
	// PortFrom and PortTo, both included.
	PortFrom, PortTo int
	// RowsPerDecade asked for; 0 lets the view decide.
	RowsPerDecade float64
	// Now in ms: the 10 s level reaches only two days back.
	Now int64
	// EventsOnly when a filter needs more than the pyramid knows.
	EventsOnly bool
}

// Grid is how a view is cut into cells.
type Grid struct {
	Table schema.Table
	// Step of a cell in ms: a multiple of the table's.
	Step int64
	// Octave is the number of rows an octave, a power of two: a divisor of the table's.
	Octave int
}

// Choose picks the coarsest level of the pyramid that still has a cell for every two pixels, and enough rows for the
// ports in view; else events. The step is the longest round one that is no wider than a pixel, if the level has it.
func Choose(v View) Grid {
	pixel := (v.To - v.From) / int64(max(v.Points, 1))
	wanted := v.octave()
	for i := len(schema.Pyramid) - 1; i >= 0; i-- {
		level := schema.Pyramid[i]
		base := level.Step.Milliseconds()
		if base > 2*pixel || !v.reaches(level) || !v.rowsSuffice(level, wanted) {
			continue
		}
		g := Grid{Table: level, Step: StepAtMost(pixel, base), Octave: level.Octave}
		if wanted > 0 {
			g.Octave = min(wanted, level.Octave)
		}
		if v.EventsOnly {
			// The same cells as without the filter, so that adding one changes the counts alone.
			g.Table = schema.Events
		}
		return g
	}
	octave := wanted
	if octave == 0 {
		octave = schema.Cells1m.Octave
		if v.zoomed() {
			octave = max(octave, nearestPowerOfTwo(zoomedRows/octaves(v.PortFrom, v.PortTo)))
		}
	}
	return Grid{Table: schema.Events, Step: StepAtMost(pixel, 1), Octave: octave}
}

// octave is the number of rows an octave that the query asks for, rounded up to what nests; 0 when it does not ask.
// More rows than any screen has are not made.
func (v View) octave() int {
	if v.RowsPerDecade <= 0 {
		return 0
	}
	octave := powerOfTwo(v.RowsPerDecade * math.Log10(2))
	for octave > 1 && float64(octave)*octaves(v.PortFrom, v.PortTo) > mostRows {
		octave /= 2
	}
	return octave
}

func (v View) zoomed() bool { return v.PortFrom > 1 || v.PortTo < MaxPort }

func (v View) reaches(level schema.Table) bool {
	if level.Name != schema.Cells10s.Name {
		return true
	}
	// A minute of margin: rows may leave while the question is on its way.
	return v.From >= v.Now-schema.Kept10s.Milliseconds()+time.Minute.Milliseconds()
}

func (v View) rowsSuffice(level schema.Table, wanted int) bool {
	switch {
	case wanted > 0:
		return wanted <= level.Octave
	case !v.zoomed():
		return true
	}
	return float64(level.Octave)*octaves(v.PortFrom, v.PortTo) >= fewestRows || onePortARow(level.Octave, v.PortTo)
}

// Columns is the number of steps that the view touches.
func (g Grid) Columns(v View) int64 {
	return ceilTo(v.To, g.Step)/g.Step - floorTo(v.From, g.Step)/g.Step
}

// Span widens the view to whole cells: the first and one past the last ms.
func (g Grid) Span(v View) (from, to int64) { return floorTo(v.From, g.Step), ceilTo(v.To, g.Step) }

// PortSpan widens the ports to whole rows: the first and last row, and the ports from the first to the last of them.
// A view that starts at port 1 also shows what has no port.
func (g Grid) PortSpan(v View) (firstRow, lastRow uint32, firstPort, lastPort int) {
	edges := EdgesOf(g.Octave)
	lastRow = Bin(g.Octave, v.PortTo)
	lastPort = int(edges[lastRow].Max) - 1
	if v.PortFrom <= 1 {
		return NoPort, lastRow, 0, lastPort
	}
	firstRow = Bin(g.Octave, v.PortFrom)
	return firstRow, lastRow, int(edges[firstRow].Min), lastPort
}

func floorTo(value, step int64) int64 {
	rest := value % step
	if rest < 0 {
		rest += step
	}
	return value - rest
}

func ceilTo(value, step int64) int64 { return floorTo(value+step-1, step) }
