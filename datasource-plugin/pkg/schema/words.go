package schema

import (
	"strconv"
	"strings"
)

// Actions and Directions by their number in the store.
var (
	Actions    = []string{"unknown", "allow", "drop", "reject", "alert"}
	Directions = []string{"unknown", "in", "out", "forward"}
)

// Bits of `class`.
const (
	ClassProtocol = 3
	ClassIPv6     = 4
	ClassTail     = 8
	Classes       = 16
)

// ClassName is what legend, labels and filters call a class.
func ClassName(class int) string {
	name := [...]string{"TCP", "UDP", "other", "no port"}[class&ClassProtocol]
	if class&ClassIPv6 != 0 {
		name += "/IPv6"
	} else {
		name += "/IPv4"
	}
	if class&ClassTail != 0 {
		name += " tail"
	}
	return name
}

// Flag names by bit, in the order of the TCP header.
var flagNames = [8]string{"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"}

// FlagsText writes TCP flags the way `fireplot parse` does, but for a packet without any: that is a word here, since ""
// is what was not logged.
func FlagsText(flags uint8) string {
	if flags == 0 {
		return noFlags
	}
	var set []string
	for bit, name := range flagNames {
		if flags&(1<<bit) != 0 {
			set = append(set, name)
		}
	}
	return strings.Join(set, ",")
}

const noFlags = "none"

// ParseFlags reads flags written with commas, plus signs, bars or spaces between them, in any order; "none" is 0.
func ParseFlags(text string) (uint8, bool) {
	var flags uint8
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",+| ", r) }) {
		if strings.EqualFold(word, noFlags) {
			continue
		}
		found := false
		for bit, name := range flagNames {
			if strings.EqualFold(word, name) {
				flags |= 1 << bit
				found = true
			}
		}
		if !found {
			return 0, false
		}
	}
	return flags, true
}

// ProtoName gives the word of a protocol number.
func ProtoName(number uint8) string {
	if int(number) < len(protocols) {
		return protocols[number]
	}
	return strconv.Itoa(int(number))
}

// Word is what a person reads for the number of a column of words; ok is false for a column without words.
func Word(column Column, number int) (word string, ok bool) {
	switch {
	case column.Name == "action" && number >= 0 && number < len(Actions):
		return Actions[number], true
	case column.Name == "direction" && number >= 0 && number < len(Directions):
		return Directions[number], true
	case column.Kind == Proto && number >= 0 && number < 256:
		return ProtoName(uint8(number)), true
	case column.Kind == Class && number >= 0 && number < Classes:
		return ClassName(number), true
	case column.Kind == Flags && number >= 0 && number < 256:
		return FlagsText(uint8(number)), true
	}
	return "", false
}

// Words lists every word of a column with its number, the numbers ascending.
func Words(column Column) []string {
	switch {
	case column == Intel[0]:
		return Listed
	case column.Name == "action":
		return Actions
	case column.Name == "direction":
		return Directions
	case column.Kind == Class:
		words := make([]string, Classes)
		for class := range words {
			words[class] = ClassName(class)
		}
		return words
	case column.Kind == Proto, column.Kind == Flags:
		words := make([]string, 256)
		for number := range words {
			words[number], _ = Word(column, number)
		}
		return words
	}
	return nil
}

// WordNumber reads a word, or the number itself, of a column of words.
func WordNumber(column Column, text string) (number int, ok bool) {
	text = strings.TrimSpace(text)
	words := Words(column)
	if n, err := strconv.Atoi(text); err == nil {
		return n, n >= 0 && n < len(words)
	}
	if column.Kind == Flags {
		flags, ok := ParseFlags(text)
		return int(flags), ok
	}
	if column.Kind == Proto {
		n, ok := protocolNumbers[strings.ToLower(text)]
		return int(n), ok
	}
	for n, word := range words {
		if strings.EqualFold(word, text) {
			return n, true
		}
	}
	return 0, false
}

// Suggestions are the words worth offering: of protocols and flags the usual ones, of all else every word.
func Suggestions(column Column) []string {
	switch column.Kind {
	case Proto:
		return []string{"tcp", "udp", "icmp", "ipv6-icmp", "igmp", "gre", "esp", "ah", "ipv6", "sctp", "ospfigp", "vrrp"}
	case Flags:
		return []string{"SYN", "SYN,ACK", "ACK", "FIN", "FIN,ACK", "RST", "RST,ACK", "FIN,PSH,URG", "none"}
	}
	return Words(column)
}
