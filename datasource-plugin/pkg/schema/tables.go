package schema

import "time"

// Table is one of the store's tables that can be filtered.
type Table struct {
	Name string
	// Step of a rollup; 0 for events.
	Step time.Duration
	// Octave is the number of port bins an octave in `y`; 0 where the port itself is kept.
	Octave int
	// columns that a filter may use; nil means all of events. A pointer, so that tables compare with ==.
	columns *map[string]bool
}

func columns(names ...string) *map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return &set
}

var (
	cellColumns   = columns("class", "action", "sensor")
	sourceColumns = columns("proto", "dst_port", "src_ip")
)

// The tables, the pyramid's from fine to coarse.
var (
	Events   = Table{Name: "events"}
	Cells10s = Table{Name: "cells_10s", Step: 10 * time.Second, Octave: 64, columns: cellColumns}
	Cells1m  = Table{Name: "cells_1m", Step: time.Minute, Octave: 64, columns: cellColumns}
	Cells10m = Table{Name: "cells_10m", Step: 10 * time.Minute, Octave: 32, columns: cellColumns}
	Cells1h  = Table{Name: "cells_1h", Step: time.Hour, Octave: 32, columns: cellColumns}
	// SourceDays has a row a day and source, and where on a picture it knocked.
	SourceDays = Table{Name: "source_days", Step: 24 * time.Hour, columns: columns("src_ip")}
	Sources    = Table{Name: "sources", Step: time.Hour, columns: sourceColumns}
)

// Findings of detection; no filter on packets reaches them as it reaches the tables above.
var (
	Scans  = Table{Name: "scans", columns: columns()}
	Spikes = Table{Name: "spikes", columns: columns()}
)

// Pyramid lists the levels from fine to coarse.
var Pyramid = []Table{Cells10s, Cells1m, Cells10m, Cells1h}

// Filterable lists every table that ad-hoc filters may reach.
var Filterable = append([]Table{Events, Sources}, Pyramid...)

// Kept10s is how far back the 10 s level reaches.
const Kept10s = 48 * time.Hour

// NoPort is the bin of events without a port (0) in every level of the pyramid.
const NoPort = 65535

// Has tells whether a column of events is in the table.
func (t Table) Has(column string) bool { return t.columns == nil || (*t.columns)[column] }

// Numeric tells whether the table keeps words (action) as plain numbers.
func (t Table) Numeric() bool { return t.columns != nil }

// Time is the name of the time column.
func (t Table) Time() string {
	switch {
	case t.Step == 0:
		return "time"
	case t == SourceDays:
		return "day"
	case t.Octave == 0:
		return "h"
	}
	return "t"
}

// Count is the expression that counts events.
func (t Table) Count() string {
	if t.Step == 0 {
		return "sum(toUInt64(count))"
	}
	return "sum(n)"
}

// ProtocolBits is the lower part of `class` for an IP protocol, as ingest computes it.
func ProtocolBits(proto uint8) int {
	switch proto {
	case 6:
		return 0
	case 17:
		return 1
	case 33, 132, 136:
		return 2
	}
	return 3
}
