package grid

import (
	"testing"
	"testing/quick"
)

func TestSample_isSpreadOverTheView(t *testing.T) {
	contract := func(minutes uint32, points uint16) bool {
		v := view(int64(minutes%500_000+1)*minute, int(points%4000)+1)
		g := Choose(v)
		from, to := g.Span(v)
		sample, scale, rungs := Sample(g, v)
		looked, before := int64(0), from
		for _, s := range sample {
			if s.From < before || s.To <= s.From || s.To > to {
				return false
			}
			before = s.To
			looked += s.To - s.From
		}
		whole := len(sample) == 1 && sample[0] == (Stretch{from, to}) && scale == 1
		part := looked*2 <= to-from+to/1e6 && scale >= 2
		return (whole || part) && len(rungs) > 0 && rungs[0] == g
	}
	if err := quick.Check(contract, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestSample_ofADay(t *testing.T) {
	v := view(day, 1500)
	sample, scale, rungs := Sample(Choose(v), v)
	if len(sample) != stretches || scale < 5 || scale > 10 || len(rungs) < 5 || rungs[len(rungs)-1].Step > 15*minute {
		t.Errorf("%d stretches, ×%.1f, %d rungs", len(sample), scale, len(rungs))
	}
	if last := sample[len(sample)-1]; sample[0].From != start || last.To != start+day {
		t.Errorf("it reaches from %d to %d", sample[0].From-start, last.To-start-day)
	}
}
