package grid

import (
	"math"
	"testing"
)

func TestEdgesOf_coverEveryPortOnce(t *testing.T) {
	for octave := 1; octave <= MaxOctave; octave *= 2 {
		edges := EdgesOf(octave)
		if edges[NoPort] != (Edges{0.5, 1}) {
			t.Fatalf("1/%d octave: no port is %v", octave, edges[NoPort])
		}
		next := 1.0
		for row := 1; row < len(edges); row++ {
			if edges[row] == (Edges{}) {
				continue
			}
			if edges[row].Min != next || edges[row].Max <= edges[row].Min {
				t.Fatalf("1/%d octave, row %d: %v follows port %v", octave, row, edges[row], next)
			}
			next = edges[row].Max
		}
		if next != MaxPort+1 {
			t.Fatalf("1/%d octave: the rows end at %v", octave, next)
		}
	}
}

func TestBin_matchesItsEdges(t *testing.T) {
	f := func(octave, port int, want Edges) {
		t.Helper()
		if got := EdgesOf(octave)[Bin(octave, port)]; got != want {
			t.Errorf("port %d at 1/%d octave lies in %v, want %v", port, octave, got, want)
		}
	}
	f(64, 0, Edges{0.5, 1})
	f(64, 1, Edges{1, 2})
	f(64, 2, Edges{2, 3})
	f(64, 91, Edges{91, 92})
	f(64, 8080, Edges{8017, 8104})
	f(64, 65535, Edges{64831, 65536})
	f(1, 5, Edges{4, 8})
	f(1, 65535, Edges{32768, 65536})
	f(MaxOctave, 65534, Edges{65534, 65535})
}

func TestCoarser_isTheRowOfTheCoarserGrid(t *testing.T) {
	for port := 0; port <= MaxPort; port++ {
		for shift := uint(0); shift <= 6; shift++ {
			if got, want := Coarser(Bin(64, port), shift), Bin(64>>shift, port); got != want {
				t.Fatalf("port %d, shift %d: row %d, want %d", port, shift, got, want)
			}
		}
	}
}

func TestPowerOfTwo(t *testing.T) {
	for value, want := range map[float64]int{-1: 1, 0: 1, 1: 1, 1.5: 2, 15.05: 16, 16: 16, 64.01: 128, 1e9: MaxOctave, math.Inf(1): MaxOctave} {
		if got := powerOfTwo(value); got != want {
			t.Errorf("%v: got %d, want %d", value, got, want)
		}
	}
	for value, want := range map[float64]int{0.2: 1, 90: 64, 91: 128, 1e9: MaxOctave} {
		if got := nearestPowerOfTwo(value); got != want {
			t.Errorf("nearest %v: got %d, want %d", value, got, want)
		}
	}
}
