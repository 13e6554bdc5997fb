package grid

import (
	"math/rand"
	"testing"
)

type place struct{ column, row uint32 }

// scatter makes events over a view and files them into a grid; `want` is the same, counted plainly by cell.
func scatter(seed int64, n int, g Grid, v View) (cells *Cells, want map[place]uint64) {
	random := rand.New(rand.NewSource(seed))
	cells, want = &Cells{}, map[place]uint64{}
	from, _ := g.Span(v)
	for range n {
		at, port := v.From+random.Int63n(v.To-v.From), v.PortFrom+random.Intn(v.PortTo-v.PortFrom+1)
		p := place{uint32((at - from) / g.Step), Bin(g.Octave, port)}
		cells.Add(pack(p.column, p.row, uint8(random.Intn(16))), 1)
		want[p]++
	}
	return cells, want
}

func check(t *testing.T, cells *Cells, g Grid, v View, want map[place]uint64) {
	t.Helper()
	index := cells.Index(g, v)
	if index.Len() != len(want) {
		t.Fatalf("%d cells, want %d", index.Len(), len(want))
	}
	counts := make([]uint64, index.Len())
	for i := range cells.Len() {
		column, row, _, n := cells.At(i)
		counts[index.Of(column, row)] += n
	}
	before := place{}
	index.Each(func(number int, column, row uint32) {
		if counts[number] != want[place{column, row}] {
			t.Fatalf("column %d, row %d: %d events, want %d", column, row, counts[number], want[place{column, row}])
		}
		if number > 0 && (column < before.column || column == before.column && row <= before.row) {
			t.Fatalf("column %d, row %d comes after column %d, row %d", column, row, before.column, before.row)
		}
		before = place{column, row}
	})
}

func TestIndex_numbersEachCellOnceInOrder(t *testing.T) {
	zoomed := view(7*minute, 1500)
	zoomed.PortFrom, zoomed.PortTo = 8000, 8100
	for seed, v := range []View{view(day, 1500), view(30*day, 700), view(second, 4000), zoomed} {
		g := Choose(v)
		for _, n := range []int{0, 1, 2, 100, 20_000} {
			cells, want := scatter(int64(seed), n, g, v)
			check(t, cells, g, v, want)
		}
	}
}

func TestCoarsen_equalsFilingCoarselyFromTheStart(t *testing.T) {
	v := view(day, 1500)
	v.From += 17 * minute
	fine := Choose(v)
	for _, coarse := range Ladder(fine, v)[1:] {
		// The same seed makes the same events.
		cells, _ := scatter(1, 20_000, fine, v)
		_, want := scatter(1, 20_000, coarse, v)
		check(t, cells.Coarsen(fine, coarse, v), coarse, v, want)
	}
}

func BenchmarkIndex(b *testing.B) {
	v := view(day, 1500)
	g := Choose(v)
	cells, want := scatter(1, 400_000, g, v)
	b.SetBytes(int64(cells.Len()) * 16)
	b.ReportAllocs()
	for b.Loop() {
		if cells.Index(g, v).Len() != len(want) {
			b.Fatal("cells are missing")
		}
	}
}
