package grid

// Ladder lists ever coarser grids over the same table, the given one first; each nests in that one. Time
// gives way first, and ports follow once a cell has grown twice as much in time, so that its shape is kept.
func Ladder(g Grid, v View) []Grid {
	rungs := []Grid{g}
	base := g
	for g.Columns(v) > 1 || g.Octave > 1 {
		stretched := g.Step / base.Step
		raised := int64(base.Octave / g.Octave)
		if g.Octave > 1 && (stretched >= 2*raised || g.Columns(v) <= 1) {
			g.Octave /= 2
		} else {
			g.Step = stepAfter(g.Step, base.Step)
		}
		rungs = append(rungs, g)
	}
	return rungs
}

// Most is an upper bound of the cells in a grid.
func (g Grid) Most(v View) int64 {
	first, last, _, _ := g.PortSpan(v)
	return g.Columns(v) * int64(last-first+1)
}
