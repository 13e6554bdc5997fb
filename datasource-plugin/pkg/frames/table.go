package frames

import (
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// Table collects blocks into one wide frame, up to a number of rows.
type Table struct {
	// Words shows numbers of fireplot's own columns (proto, class, tcp_flags) as words, by column name.
	Words bool
	// Limit of rows.
	Limit int
	// More tells that the answer had rows beyond the limit.
	More     bool
	names    []string
	builders []builder
	rows     int
}

// Add takes a block's rows. It returns clickhouse.ErrStop once the limit is passed.
func (t *Table) Add(block *clickhouse.Block) error {
	if t.builders == nil {
		for i, name := range block.ColumnsNames() {
			t.names = append(t.names, name)
			t.builders = append(t.builders, t.builder(name, string(block.Columns[i].Type())))
		}
	}
	for row := range block.Rows() {
		if t.rows >= t.Limit {
			t.More = true
			return clickhouse.ErrStop
		}
		for i, b := range t.builders {
			if err := b.add(block.Columns[i], row); err != nil {
				return err
			}
		}
		t.rows++
	}
	return nil
}

// Rows collected so far.
func (t *Table) Rows() int { return t.rows }

func (t *Table) builder(name, kind string) builder {
	if t.Words {
		if known, ok := schema.Find(name); ok {
			switch known.Kind {
			case schema.Proto, schema.Class, schema.Flags:
				if unwrap(kind) == "UInt8" {
					return &worded{column: known}
				}
			}
		}
	}
	return builderOf(kind)
}

// Frame gives what was collected; without a single block it has no fields.
func (t *Table) Frame(name string) *data.Frame {
	frame := data.NewFrame(name)
	for i, b := range t.builders {
		frame.Fields = append(frame.Fields, b.field(t.names[i]))
	}
	return frame
}

// worded shows a small number as the word that it stands for.
type worded struct {
	values[string]
	column schema.Column
}

func (w *worded) add(col column.Interface, row int) error {
	if isNull(col, row) {
		w.nulls = true
		w.list = append(w.list, nil)
		return nil
	}
	var number uint8
	if err := col.ScanRow(&number, row); err != nil {
		return err
	}
	word, ok := schema.Word(w.column, int(number))
	if !ok {
		word = strconv.Itoa(int(number))
	}
	w.list = append(w.list, &word)
	return nil
}
