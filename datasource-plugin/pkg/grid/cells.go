package grid

import (
	"fmt"
	"math/bits"
)

// Cells is a sparse grid: counts by (column, row, class). Columns count from the start of the grid's span.
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

func pack(column, row uint32, class uint8) uint64 {
	return uint64(column)<<(rowBits+classBits) | uint64(row)<<classBits | uint64(class&classMask)
}

// Grow makes room for n more.
func (c *Cells) Grow(n int) {
	if free := cap(c.keys) - len(c.keys); free < n {
		c.keys = append(make([]uint64, 0, len(c.keys)+n), c.keys...)
		c.counts = append(make([]uint64, 0, len(c.counts)+n), c.counts...)
	}
}

// Add counts n events; the same cell may come again.
func (c *Cells) Add(column, row uint32, class uint8, n uint64) {
	c.keys = append(c.keys, pack(column, row, class))
	c.counts = append(c.counts, n)
}

// Len is the number of entries.
func (c *Cells) Len() int { return len(c.keys) }

// At reads an entry.
func (c *Cells) At(i int) (column, row uint32, class uint8, n uint64) {
	key := c.keys[i]
	return uint32(key >> (rowBits + classBits)), uint32(key>>classBits) & rowMask, uint8(key & classMask), c.counts[i]
}

// Compact sorts the entries by column, row and class, and adds up those of the same cell and class.
func (c *Cells) Compact() {
	c.sort()
	last := -1
	for i, key := range c.keys {
		if last >= 0 && c.keys[last] == key {
			c.counts[last] += c.counts[i]
			continue
		}
		last++
		c.keys[last], c.counts[last] = key, c.counts[i]
	}
	c.keys, c.counts = c.keys[:last+1], c.counts[:last+1]
}

// Distinct counts the cells, whatever their classes, of compacted entries.
func (c *Cells) Distinct() int {
	distinct := 0
	before := ^uint64(0)
	for _, key := range c.keys {
		if cell := key >> classBits; cell != before {
			distinct++
			before = cell
		}
	}
	return distinct
}

// Coarsen moves the entries of a grid into a coarser one that it nests in, for a view that starts at `from`.
func (c *Cells) Coarsen(fine, coarse Grid, from int64) {
	stretch := uint64(coarse.Step / fine.Step)
	// Counted from the start of the span, which for the coarser grid may lie earlier.
	lead := uint64((floorTo(from, fine.Step) - floorTo(from, coarse.Step)) / fine.Step)
	shift := uint(bits.TrailingZeros(uint(fine.Octave)) - bits.TrailingZeros(uint(coarse.Octave)))
	for i := range c.keys {
		column, row, class, _ := c.At(i)
		c.keys[i] = pack(uint32((uint64(column)+lead)/stretch), Coarser(row, shift), class)
	}
	c.Compact()
}

const (
	digitBits = 11
	digits    = 1 << digitBits
)

// sort is a radix sort over as many bits as the keys have: linear, and stable in memory at twice the entries.
func (c *Cells) sort() {
	var all uint64
	sorted := true
	for i, key := range c.keys {
		all |= key
		if i > 0 && c.keys[i-1] > key {
			sorted = false
		}
	}
	if sorted {
		return
	}
	keys, counts := make([]uint64, len(c.keys)), make([]uint64, len(c.counts))
	for shift := 0; shift < bits.Len64(all); shift += digitBits {
		var starts [digits]int
		for _, key := range c.keys {
			starts[key>>shift&(digits-1)]++
		}
		total := 0
		for digit, count := range starts {
			starts[digit] = total
			total += count
		}
		for i, key := range c.keys {
			digit := key >> shift & (digits - 1)
			keys[starts[digit]], counts[starts[digit]] = key, c.counts[i]
			starts[digit]++
		}
		c.keys, keys = keys, c.keys
		c.counts, counts = counts, c.counts
	}
}

// AddPacked counts n events in a cell whose key the store has packed: see PackSQL.
func (c *Cells) AddPacked(key, n uint64) {
	c.keys = append(c.keys, key)
	c.counts = append(c.counts, n)
}

// PackSQL is SQL for the key of a cell, given SQL for its parts. One integer groups and travels faster than three.
func PackSQL(column, row, class string) string {
	return fmt.Sprintf("bitOr(bitOr(bitShiftLeft(toUInt64(%s), %d), bitShiftLeft(toUInt64(%s), %d)), toUInt64(%s))",
		column, rowBits+classBits, row, classBits, class)
}
