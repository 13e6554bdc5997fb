package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
)

// The events of a test have a sensor of their own, so that tests do not see each other's.
func liveQuery(sensor string) string {
	return fmt.Sprintf(`{"queryType":"fireplot","live":true,"stepMs":100,"filters":[{"key":"sensor","operator":"=","value":%q}]}`, sensor)
}

// putAt stores a batch of `count` events `ago`, on ports from 1000 up, and gives what writes its ledger row.
func putAt(t *testing.T, sensor string, count int, ago time.Duration) (finish func()) {
	t.Helper()
	tokens++
	token := fmt.Sprintf("live-%d", tokens)
	engine.Exec(t, fmt.Sprintf(`INSERT INTO fireplot.events (time, seq, batch, sensor, action, proto, src_ip, dst_port, message)
		SELECT now64(3) - toIntervalMillisecond(%d), number, reinterpretAsUInt64(reverse(substring(SHA256('%s'), 1, 8))), '%s', 'drop', 6,
		toIPv6('::ffff:198.51.100.7'), 1000 + number %% 60000, 'x' FROM numbers(%d)`, ago.Milliseconds(), token, sensor, count))
	return func() {
		engine.Exec(t, fmt.Sprintf(`INSERT INTO fireplot.batches (token, input, min_time, max_time, rows, refused)
			SELECT '%s', 'test', now64(3) - toIntervalHour(3), now64(3), %d, 0`, token, count))
	}
}

func stateOf(t *testing.T, frame *data.Frame) state {
	t.Helper()
	var s state
	text := frame.At(7, 0).(*string)
	if err := json.Unmarshal([]byte(*text), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// picture asks for what a viewer sees first: its events, and what tells which batches they are of.
func picture(t *testing.T, runner *query.Runner, text string, span time.Duration) (events uint64, live query.Live) {
	t.Helper()
	now := time.Now()
	answer, err := runner.Run(context.Background(), query.Request{JSON: json.RawMessage(text), From: now.Add(-span), To: now, Points: 1000})
	if err != nil {
		t.Fatal(err)
	}
	count, _ := answer[0].FieldByName("count")
	for i := range count.Len() {
		n, _ := count.NullableFloatAt(i)
		events += uint64(*n)
	}
	var custom struct{ Live query.Live }
	raw, _ := json.Marshal(answer[0].Meta.Custom)
	if err := json.Unmarshal(raw, &custom); err != nil || custom.Live.AtMs == 0 {
		t.Fatalf("%s: %v", raw, err)
	}
	return events, custom.Live
}

// fresh counts the events of a push that a picture has not.
func fresh(frame *data.Frame, live query.Live) (events uint64) {
	for row := 1; row < frame.Rows(); row++ {
		known := frame.At(6, row).(float64) <= float64(live.AtMs-live.SlackMs)
		for _, id := range live.Told {
			known = known || id == frame.At(5, row).(float64)
		}
		if !known {
			events += uint64(frame.At(4, row).(float64))
		}
	}
	return events
}

func TestCells_aPictureAndItsStreamHaveEachEventOnce(t *testing.T) {
	runner := runnerAt(t, engine.URL)
	dice := rand.New(rand.NewPCG(7, 11))
	for round, span := range []time.Duration{time.Minute, 30 * time.Minute, 3 * time.Hour} {
		sensor := fmt.Sprintf("seam-%d", round)
		text := liveQuery(sensor)
		stored, open := uint64(0), []func(){}
		store := func() {
			count := 1 + dice.IntN(40)
			// Its events are there before its ledger row is, and others come between.
			finish := putAt(t, sensor, count, time.Duration(dice.IntN(30))*time.Second)
			if stored += uint64(count); dice.IntN(2) == 0 {
				finish()
			} else {
				open = append(open, finish)
			}
			if len(open) > 3 {
				open[0]()
				open = open[1:]
			}
		}
		for range 6 {
			store()
		}
		frames := listen(t, runner, text)
		next(t, frames)
		for range 6 {
			store()
		}
		events, live := picture(t, runner, text, span)
		for range 6 {
			store()
		}
		for _, finish := range open {
			finish()
		}
		for deadline := time.Now().Add(patience); events < stored && time.Now().Before(deadline); {
			events += fresh(next(t, frames), live)
		}
		if events != stored {
			t.Errorf("over %s: %d events seen, %d stored", span, events, stored)
		}
	}
}

func TestCells_aPushHasItsStateAndACellABatch(t *testing.T) {
	frames := listen(t, runnerAt(t, engine.URL), liveQuery("plain"))
	hello := next(t, frames)
	if got := stateOf(t, hello); hello.Rows() != 1 || got.N != 1 || got.Run == 0 {
		t.Fatalf("the first push has %d rows and %+v", hello.Rows(), got)
	}
	for _, count := range []int{3, 2} {
		putAt(t, "plain", count, 0)()
	}
	putAt(t, "elsewhere", 5, 0)()
	rows, sent := 0, uint64(0)
	for sent < 5 {
		frame := next(t, frames)
		rows, sent = rows+frame.Rows()-1, stateOf(t, frame).Sent
		if low, high := frame.At(1, 1).(float64), frame.At(2, 1).(float64); low > 1000 || high <= 1000 || high-low > 20 {
			t.Errorf("port 1000 is in the row %v to %v", low, high)
		}
	}
	// 1000 to 1002 are one row of the grid.
	if rows != 2 || sent != 5 {
		t.Errorf("%d rows of %d events", rows, sent)
	}
}

func TestCells_aFloodIsMergedAndNoEventOfItSkipped(t *testing.T) {
	frames := listen(t, runnerAt(t, engine.URL), strings.Replace(liveQuery("flood"), `"stepMs"`, `"rowsPerDecade":27000,"stepMs"`, 1))
	next(t, frames)
	putAt(t, "flood", 30_000, 0)()
	frame := next(t, frames)
	if got := stateOf(t, frame); frame.Rows() > query.TailRows+1 || frame.Rows() < 100 || got.Sent != 30_000 || got.Skipped != 0 {
		t.Errorf("%d rows, %+v", frame.Rows(), got)
	}
}

func TestCells_saysOnceThatTheStoreIsAwayAndGoesOn(t *testing.T) {
	door, failing := failingDoor(t)
	frames := listen(t, runnerAt(t, door), liveQuery("away"))
	next(t, frames)
	failing.Store(true)
	if got := stateOf(t, next(t, frames)); !strings.Contains(got.Trouble, "does not answer") {
		t.Fatalf("got %+v", got)
	}
	putAt(t, "away", 4, 0)()
	failing.Store(false)
	if got := stateOf(t, next(t, frames)); got.Trouble != "" || got.Sent != 4 || got.N != 3 {
		t.Errorf("said more than once, or not that it goes on: %+v", got)
	}
}

func TestCells_aStreamInWhichNothingHappensBeats(t *testing.T) {
	runner := runnerAt(t, engine.URL)
	text := liveQuery("silent")
	follower, err := Open(runner, Path(text), carried(text))
	if err != nil {
		t.Fatal(err)
	}
	pace := fast
	pace.Heartbeat = 50 * time.Millisecond
	enough := errors.New("enough")
	pushes := int64(0)
	err = Run(context.Background(), runner.Store, follower, pace, func(frame *data.Frame) error {
		if pushes++; stateOf(t, frame).N != pushes || frame.Rows() != 1 {
			t.Errorf("push %d: %+v", pushes, stateOf(t, frame))
		}
		if pushes == 3 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) {
		t.Errorf("got %v", err)
	}
}
