// Package grid decides how fine a fireplot is: which table answers it, how long a cell lasts and how many ports it
// spans, and makes an answer coarser when it has too many cells. Pure: no clock, no store.
package grid

const (
	second = int64(1000)
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
)

// steps are the lengths of a cell in ms, ascending: each divides the unit above it, so that cells start at round times.
var steps = []int64{
	1, 2, 5, 10, 20, 50, 100, 200, 500,
	second, 2 * second, 5 * second, 10 * second, 20 * second, 30 * second,
	minute, 2 * minute, 3 * minute, 5 * minute, 10 * minute, 20 * minute, 30 * minute,
	hour, 2 * hour, 3 * hour, 4 * hour, 6 * hour, 12 * hour,
	day, 2 * day, 4 * day, 8 * day, 16 * day, 32 * day, 64 * day, 128 * day,
}

// StepAtMost is the longest step that does not exceed `most` and is a multiple of `base`; `base` when there is none.
func StepAtMost(most, base int64) int64 {
	best := base
	for _, step := range steps {
		if step <= most && step >= base && step%base == 0 {
			best = step
		}
	}
	return best
}

// StepAtLeast is the shortest step that is no shorter than `least`.
func StepAtLeast(least int64) int64 {
	for _, step := range steps {
		if step >= least {
			return step
		}
	}
	return (least + day - 1) / day * day
}

// stepAfter is the next longer step that is a multiple of `base`.
func stepAfter(current, base int64) int64 {
	for _, step := range steps {
		if step > current && step%base == 0 {
			return step
		}
	}
	return current * 2
}
