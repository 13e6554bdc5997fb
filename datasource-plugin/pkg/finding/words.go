package finding

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Kinds as a sentence begins.
var kindWords = map[string]string{
	"vertical": "vertical scan", "horizontal": "horizontal scan", "block": "block scan", "synchronised": "synchronised scan",
	"distributed": "distributed scan", "decoy": "scan among decoys", "diagonal": "diagonal of many sources",
	"backscatter": "backscatter", "periodic": "periodic probe", "painted": "painted picture",
}

// Title: "slow ascending vertical scan of TCP 1–1023 (SYN) on 203.0.113.7 by 198.51.100.21".
func (s *Scan) Title() string {
	var words []string
	if s.Pace == "slow" {
		words = append(words, "slow")
	}
	if s.Order == "ascending" || s.Order == "descending" {
		words = append(words, s.Order)
	}
	kind, ok := kindWords[s.Kind]
	if !ok {
		kind = s.Kind
	}
	words = append(words, kind, "of", protocol(s.Proto))
	if s.MaxPort > 0 {
		words = append(words, ports(s.MinPort, s.MaxPort))
	}
	if s.Flags != "" {
		words = append(words, "("+flags(s.Flags)+")")
	}
	if s.TargetCount > 0 {
		words = append(words, "on", count(s.Targets, s.TargetCount, "targets"))
	}
	if s.SourceCount > 0 {
		words = append(words, "by", count(s.Sources, s.SourceCount, "sources"))
	}
	return capital(strings.Join(words, " "))
}

// Text says how much and how fast.
func (s *Scan) Text() string {
	parts := []string{fmt.Sprintf("%d events on %d ports in %s, %s probes/s", s.Events, s.Ports, lasted(s.Start, s.End), short(s.Rate))}
	if s.Tool != "" {
		parts = append(parts, fmt.Sprintf("looks like %s (%s)", s.Tool, s.ToolSure))
	}
	if s.Ongoing {
		parts = append(parts, "goes on")
	}
	if s.Known != "" {
		parts = append(parts, "known: "+s.Known)
	}
	return strings.Join(parts, "; ")
}

// Title: "1,294 sources on TCP 7547, usually 12".
func (s *Spike) Title() string {
	text := fmt.Sprintf("%d sources on %s %d", s.SourceCount, protocol(s.Proto), s.Port)
	if s.Baseline != nil {
		text += ", usually " + short(*s.Baseline)
	}
	return text
}

// Text says over how long, and what it was held against.
func (s *Spike) Text() string {
	text := fmt.Sprintf("%d events on %d targets within %d h", s.Events, s.TargetCount, s.WindowHours)
	if s.Q == nil {
		text += fmt.Sprintf("; %d days of history, too few for a baseline", s.HistoryDays)
	} else {
		text += "; chance of noise " + strconv.FormatFloat(*s.Q, 'g', 2, 64)
	}
	if s.Countries != "" {
		text += "; from " + s.Countries
	}
	return text
}

// count is the one address where there is one, else how many there are.
func count(list string, n uint64, what string) string {
	var addresses []string
	if n == 1 && json.Unmarshal([]byte(list), &addresses) == nil && len(addresses) == 1 {
		return addresses[0]
	}
	return fmt.Sprintf("%d %s", n, what)
}

func protocol(word string) string {
	if word == "" {
		return "several protocols"
	}
	return strings.ToUpper(word)
}

func ports(from, to uint16) string {
	if from == to {
		return strconv.Itoa(int(from))
	}
	return fmt.Sprintf("%d–%d", from, to)
}

var flagWords = map[string]string{
	"syn": "SYN", "fin": "FIN", "null": "no flags", "xmas": "Xmas: FIN, PSH, URG", "maimon": "Maimon: FIN, ACK", "ack": "ACK",
	"synfin": "SYN and FIN", "mixed": "several kinds of flags",
}

func flags(word string) string {
	if known, ok := flagWords[word]; ok {
		return known
	}
	return strings.TrimPrefix(word, "other:")
}

func lasted(start, end time.Time) string {
	length := end.Sub(start)
	switch {
	case length < 10*time.Second:
		return length.Round(10 * time.Millisecond).String()
	case length < 2*time.Minute:
		return length.Round(time.Second).String()
	}
	return strings.TrimSuffix(length.Round(time.Minute).String(), "0s")
}

// short writes a number with as many digits as a person reads.
func short(n float64) string {
	if n >= 100 || n == float64(int64(n)) {
		return strconv.FormatFloat(n, 'f', 0, 64)
	}
	return strconv.FormatFloat(n, 'g', 2, 64)
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
