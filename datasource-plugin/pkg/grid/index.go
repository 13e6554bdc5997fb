package grid

import "math/bits"

// Index numbers the cells that occur, column by column and each from the lowest row up, without sorting the entries: a
// bit a possible cell, and the number of bits before each word. A day's grid takes 280 KB and stays in the cache.
type Index struct {
	words []uint64
	// before counts the set bits ahead of each word.
	before []uint32
	rows   uint64
	first  uint64
	length int
}

// Index looks at every entry once. The cells must lie in the grid's span of the view.
func (c *Cells) Index(g Grid, v View) *Index {
	first, last, _, _ := g.PortSpan(v)
	x := &Index{rows: uint64(last-first) + 1, first: uint64(first)}
	x.words = make([]uint64, (uint64(g.Columns(v))*x.rows+63)/64)
	x.before = make([]uint32, len(x.words))
	for i := range c.keys {
		column, row, _, _ := c.At(i)
		bit := x.bit(column, row)
		x.words[bit/64] |= 1 << (bit % 64)
	}
	for i, word := range x.words {
		x.before[i] = uint32(x.length)
		x.length += bits.OnesCount64(word)
	}
	return x
}

// Len is the number of cells, whatever their classes.
func (x *Index) Len() int { return x.length }

// Of is the number of a cell that occurs.
func (x *Index) Of(column, row uint32) int {
	bit := x.bit(column, row)
	return int(x.before[bit/64]) + bits.OnesCount64(x.words[bit/64]&(1<<(bit%64)-1))
}

// Each visits the cells in the order of their numbers.
func (x *Index) Each(visit func(number int, column, row uint32)) {
	number := 0
	for i, word := range x.words {
		for ; word != 0; word &= word - 1 {
			bit := uint64(i)*64 + uint64(bits.TrailingZeros64(word))
			visit(number, uint32(bit/x.rows), uint32(bit%x.rows+x.first))
			number++
		}
	}
}

func (x *Index) bit(column, row uint32) uint64 { return uint64(column)*x.rows + uint64(row) - x.first }
