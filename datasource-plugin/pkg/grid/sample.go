package grid

const (
	// A sample is so many stretches of the view, evenly spread over it …
	stretches = 12
	// … each of them about this part of it, so that an eighth of the view is looked at.
	stretchPart = 96
)

// Stretch of time in ms, half-open.
type Stretch struct{ From, To int64 }

// Sample picks the stretches of a view in which to count cells, and the factor that brings their count up to the whole.
// No rung of the ladder that is returned beside them has longer cells than a stretch; where the view is too short for
// that, the sample is the whole of it.
func Sample(g Grid, v View) (sample []Stretch, scale float64, rungs []Grid) {
	from, to := g.Span(v)
	least := (to - from) / stretchPart
	length := int64(0)
	for _, rung := range Ladder(g, v) {
		if len(rungs) > 0 && rung.Step > least {
			break
		}
		rungs = append(rungs, rung)
		length = ceilTo(least, rung.Step)
	}
	if length*stretches*2 > to-from {
		return []Stretch{{from, to}}, 1, rungs
	}
	for i := range int64(stretches) {
		start := floorTo(from+(to-from-length)*i/(stretches-1), length)
		sample = append(sample, Stretch{max(start, from), min(start+length, to)})
	}
	looked := int64(0)
	for _, s := range sample {
		looked += s.To - s.From
	}
	return sample, float64(to-from) / float64(looked), rungs
}
