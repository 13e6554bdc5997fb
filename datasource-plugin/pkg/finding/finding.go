// Package finding holds what detection has found, as Grafana gets it: scans and port spikes as tables that the fireplot
// panel also draws, as annotations, and as what names an alert.
package finding

import (
	"strconv"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// The words of a finding, in the order in which they are offered. Severities ascend.
var (
	Kinds = []string{"vertical", "horizontal", "block", "synchronised", "distributed", "decoy", "diagonal", "backscatter", "periodic", "painted"}
	Paces = []string{"fast", "slow"}
	// Severities: what only informs is shown and never alerts.
	Severities = []string{"info", "low", "medium", "high"}
)

// Finding is a scan or a spike.
type Finding interface {
	// Labels of its alert.
	Labels() data.Labels
	// Weight is the number that a rule compares, Measure what it counts.
	Weight() float64
	Measure() string
	// Region is its time from the first event to the last.
	Region() (start, end time.Time)
	// Title is one line of plain text, Text some more; nothing in them comes from a log line but addresses and numbers.
	Title() string
	Text() string
	Tags() []string
	Ident() string
}

// Scan mirrors a row of fireplot.scans; lists are text, JSON where the panel reads them.
type Scan struct {
	ID, Kind, Proto, Flags, Order, Pace, Severity string
	Start, End                                    time.Time
	Sources, Targets                              string
	SourceCount, TargetCount, Ports               uint64
	MinPort, MaxPort                              uint16
	PortList                                      string
	Events                                        uint64
	Rate                                          float64
	Tool, ToolSure                                string
	Score                                         float64
	Magnitude                                     uint64
	Ongoing                                       bool
	Known, Sensors, Curve, Evidence, NotEvaluable string
}

// Spike mirrors a row of fireplot.spikes.
type Spike struct {
	ID                               string
	Port                             uint16
	Proto                            string
	WindowHours                      uint8
	SourceCount, Events, TargetCount uint64
	Baseline, Q, Z                   *float64
	Onset                            *time.Time
	DShieldTrend                     *float64
	HistoryDays                      uint64
	Countries, Networks, Sources     string
	Start, End                       time.Time
	Score                            float64
	Severity                         string
	Magnitude                        uint64
	Ongoing                          bool
	Known, Evidence                  string
}

// Labels of a scan's alert.
func (s *Scan) Labels() data.Labels {
	return data.Labels{"kind": s.Kind, "proto": s.Proto, "id": s.ID, "magnitude": strconv.FormatUint(s.Magnitude, 10)}
}

// Weight is the number of events.
func (s *Scan) Weight() float64 { return float64(s.Events) }

// Measure names the weight.
func (s *Scan) Measure() string { return "events" }

// Region of a scan.
func (s *Scan) Region() (start, end time.Time) { return s.Start, s.End }

// Tags of a scan's annotation.
func (s *Scan) Tags() []string { return tags(s.Kind, s.Proto, s.Flags, s.Severity) }

// Ident is stable.
func (s *Scan) Ident() string { return s.ID }

// Labels of a spike's alert.
func (s *Spike) Labels() data.Labels {
	return data.Labels{
		"kind": "spike", "port": strconv.Itoa(int(s.Port)), "proto": s.Proto, "id": s.ID,
		"magnitude": strconv.FormatUint(s.Magnitude, 10),
	}
}

// Weight is the number of distinct sources.
func (s *Spike) Weight() float64 { return float64(s.SourceCount) }

// Measure names the weight.
func (s *Spike) Measure() string { return "sources" }

// Region of a spike begins with its onset, where that can be told.
func (s *Spike) Region() (start, end time.Time) {
	if s.Onset != nil {
		return *s.Onset, s.End
	}
	return s.Start, s.End
}

// Tags of a spike's annotation.
func (s *Spike) Tags() []string { return tags("spike", s.Proto, strconv.Itoa(int(s.Port)), s.Severity) }

// Ident is stable.
func (s *Spike) Ident() string { return s.ID }

func tags(words ...string) []string {
	var kept []string
	for _, word := range words {
		if word != "" {
			kept = append(kept, word)
		}
	}
	return kept
}
