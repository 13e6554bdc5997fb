package testengine

import (
	"fmt"
	"os"
	"testing"
)

// Main runs a package's tests over one engine, which `prepare` fills: starting one takes longer than most tests.
// For TestMain, which has no testing.T.
func Main(m *testing.M, prepare func(testing.TB, *Engine)) (code int) {
	t := &mainT{}
	defer func() {
		for i := len(t.cleanups) - 1; i >= 0; i-- {
			t.cleanups[i]()
		}
		if reason := recover(); reason != nil {
			_, _ = fmt.Fprintln(os.Stderr, reason)
			code = 1
		}
	}()
	prepare(t, Start(t))
	return m.Run()
}

// mainT is as much of a testing.TB as helpers need; a failure ends the run.
type mainT struct {
	testing.TB
	cleanups []func()
}

func (t *mainT) Helper()                           {}
func (t *mainT) Cleanup(f func())                  { t.cleanups = append(t.cleanups, f) }
func (t *mainT) Fatal(reason ...any)               { panic(fmt.Sprint(reason...)) }
func (t *mainT) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

func (t *mainT) TempDir() string {
	folder, err := os.MkdirTemp("", "fireplot-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}
