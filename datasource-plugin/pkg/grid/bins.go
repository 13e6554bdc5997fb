package grid

import (
	"math"
	"math/bits"
	"sync"
)

// MaxPort is the highest port.
const MaxPort = 65535

// MaxOctave is so fine that each port has a bin of its own.
const MaxOctave = 65536

// NoPort is the row of events without a port, below all others.
const NoPort = uint32(0)

// Bin gives the row of a port for `octave` bins an octave, a power of two: halving it halves the row's number
// (see Coarser). Port 0 has the row NoPort, so that the others start at 1.
func Bin(octave, port int) uint32 {
	if port == 0 {
		return NoPort
	}
	return uint32(math.Floor(float64(octave)*math.Log2(float64(port)))) + 1
}

// Coarser is the row that a row belongs to when the number of bins an octave is divided by 2^shift.
func Coarser(row uint32, shift uint) uint32 {
	if row == NoPort {
		return NoPort
	}
	return (row-1)>>shift + 1
}

// Edges of a row: the first port in it, and one past the last. The row of no port is 0.5 to 1, which a
// logarithmic axis can show.
type Edges struct{ Min, Max float64 }

// EdgesOf lists the edges of every row, by its number; rows that hold no port are zero.
func EdgesOf(octave int) []Edges {
	if known, ok := edgeCache.Load(octave); ok {
		return known.([]Edges)
	}
	edges := make([]Edges, Bin(octave, MaxPort)+1)
	edges[NoPort] = Edges{0.5, 1}
	for port := 1; port <= MaxPort; port++ {
		row := Bin(octave, port)
		if edges[row].Min == 0 {
			edges[row].Min = float64(port)
		}
		edges[row].Max = float64(port + 1)
	}
	edgeCache.Store(octave, edges)
	return edges
}

// edgeCache holds at most one entry a power of two: 17.
var edgeCache sync.Map

// octaves between two ports, the upper one included.
func octaves(from, to int) float64 {
	return math.Log2(float64(to+1) / float64(max(from, 1)))
}

// onePortARow tells whether no row below `to` holds two ports.
func onePortARow(octave, to int) bool {
	return to < 2 || Bin(octave, to) != Bin(octave, to-1)
}

// powerOfTwo rounds up to a power of two, within 1 and MaxOctave.
func powerOfTwo(least float64) int {
	if least <= 1 {
		return 1
	}
	if least >= MaxOctave {
		return MaxOctave
	}
	return 1 << bits.Len(uint(math.Ceil(least))-1)
}

// nearestPowerOfTwo rounds by ratio, within 1 and MaxOctave.
func nearestPowerOfTwo(value float64) int {
	if value <= 1 {
		return 1
	}
	return min(1<<int(math.Round(math.Log2(value))), MaxOctave)
}
