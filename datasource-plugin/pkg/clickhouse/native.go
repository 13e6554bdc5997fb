package clickhouse

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	chproto "github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2/lib/proto"
)

// Block is a part of an answer: columns of equal length.
type Block = proto.Block

const (
	tailSize = 16 << 10
	// Not smaller than the decoder's own buffer, or it would put a second one on top, and Peek look past the block.
	readBuffer = 128 << 10
)

// callbackError carries an error of the caller's own through the decoder.
type callbackError struct{ error }

func (e *callbackError) Unwrap() error { return e.error }

// decode reads blocks until the end of the stream. An exception that ClickHouse wrote behind the first blocks of an
// answer that had begun well is found and returned as what it is.
func decode(body io.Reader, limit int64, zone *time.Location, each func(*Block) error) (err error) {
	tail := &tailReader{reader: &io.LimitedReader{R: body, N: limit + 1}}
	buffered := bufio.NewReaderSize(tail, readBuffer)
	reader := chproto.NewReader(buffered)
	// A damaged stream must not take the process with it: the decoder panics on some.
	defer func() {
		if trouble := recover(); trouble != nil {
			err = tail.explain(fmt.Errorf("decoding the answer: %v", trouble), limit)
		}
	}()
	for {
		head, peekErr := buffered.Peek(len(exceptionMark) + 2)
		if len(head) == 0 {
			if errors.Is(peekErr, io.EOF) && tail.count <= limit {
				return nil
			}
			return tail.explain(peekErr, limit)
		}
		if startsException(head) {
			_, _ = io.Copy(io.Discard, buffered)
			return tail.explain(io.ErrUnexpectedEOF, limit)
		}
		block := proto.NewBlock()
		block.ServerContext.Timezone = zone
		if err := block.Decode(reader, 0); err != nil {
			return tail.explain(err, limit)
		}
		if err := each(block); err != nil {
			return &callbackError{err}
		}
	}
}

const exceptionMark = "__exception__"

func startsException(head []byte) bool {
	head = bytes.TrimLeft(head, "\r\n")
	return bytes.HasPrefix(head, []byte("Code: ")) || bytes.HasPrefix(head, []byte("__except"))
}

// tailReader remembers the last bytes that passed: a late exception is among them.
type tailReader struct {
	reader io.Reader
	count  int64
	last   []byte
}

func (t *tailReader) Read(p []byte) (int, error) {
	n, err := t.reader.Read(p)
	t.count += int64(n)
	t.last = append(t.last, p[:n]...)
	if len(t.last) > 2*tailSize {
		t.last = append(t.last[:0], t.last[len(t.last)-tailSize:]...)
	}
	return n, err
}

// explain gives the reason why decoding ended: too many bytes, an exception in the stream, or the error itself.
func (t *tailReader) explain(err error, limit int64) error {
	if t.count > limit {
		return &Error{
			Kind:    Limit,
			Message: fmt.Sprintf("the answer is larger than %d MiB", limit>>20),
			Advice:  "Narrow the time range, select fewer columns or add a LIMIT.",
		}
	}
	if exception := findException(string(t.last)); exception != "" {
		return fromException(exception)
	}
	return err
}
