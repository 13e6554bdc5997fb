package grid

import (
	"fmt"
	"math/bits"
	"slices"
)

// Cells is a sparse grid as it arrives: counts by (column, row, class) in any order, the same one perhaps several times.
// Columns count from the start of the grid's span, rows are those of Bin.
type Cells struct {
	keys   []uint64
	counts []uint64
}

const (
	classBits = 4
	rowBits   = 24
	classMask = 1<<classBits - 1
	rowMask   = 1<<rowBits - 1
)

// PackSQL is SQL for the key of an entry, given SQL for its parts. One integer groups and travels faster than three.
func PackSQL(column, row, class string) string {
	return fmt.Sprintf("bitOr(bitOr(bitShiftLeft(toUInt64(%s), %d), bitShiftLeft(toUInt64(%s), %d)), toUInt64(%s))",
		column, rowBits+classBits, row, classBits, class)
}

func pack(column, row uint32, class uint8) uint64 {
	return uint64(column)<<(rowBits+classBits) | uint64(row)<<classBits | uint64(class&classMask)
}

// Unpack reads a key that PackSQL made, of class 0.
func Unpack(key uint64) (column, row uint32) {
	return uint32(key >> (rowBits + classBits)), uint32(key>>classBits) & rowMask
}

// Grow makes room for n more entries.
func (c *Cells) Grow(n int) {
	c.keys, c.counts = slices.Grow(c.keys, n), slices.Grow(c.counts, n)
}

// Add counts n events under a key that PackSQL made.
func (c *Cells) Add(key, n uint64) {
	c.keys = append(c.keys, key)
	c.counts = append(c.counts, n)
}

// Len is the number of entries.
func (c *Cells) Len() int { return len(c.keys) }

// Sum counts the events of all entries.
func (c *Cells) Sum() uint64 {
	total := uint64(0)
	for _, n := range c.counts {
		total += n
	}
	return total
}

// At reads an entry.
func (c *Cells) At(i int) (column, row uint32, class uint8, n uint64) {
	key := c.keys[i]
	return uint32(key >> (rowBits + classBits)), uint32(key>>classBits) & rowMask, uint8(key & classMask), c.counts[i]
}

// Coarsen files the entries of a grid into a coarser one that it nests in. The counts are shared.
func (c *Cells) Coarsen(fine, coarse Grid, v View) *Cells {
	filed := &Cells{keys: make([]uint64, len(c.keys)), counts: c.counts}
	stretch := uint64(coarse.Step / fine.Step)
	// Counted from the start of the span, which for the coarser grid may lie earlier.
	lead := uint64((floorTo(v.From, fine.Step) - floorTo(v.From, coarse.Step)) / fine.Step)
	shift := uint(bits.TrailingZeros(uint(fine.Octave)) - bits.TrailingZeros(uint(coarse.Octave)))
	for i := range c.keys {
		column, row, class, _ := c.At(i)
		filed.keys[i] = pack(uint32((uint64(column)+lead)/stretch), Coarser(row, shift), class)
	}
	return filed
}
