package filter

import (
	"fmt"
	"net/netip"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// span is a closed range of numbers.
type span struct{ low, high uint64 }

// numbers tests membership in spans; absent is also met by NULL ("" in the editor: the line did not carry it).
type numbers struct {
	spans  []span
	absent bool
}

// words is membership in the numbers behind words; a rollup that knows less than the column may still tell them apart.
type words struct {
	column  schema.Column
	numbers []int
	absent  bool
}

type texts struct{ values []string }

type pattern struct{ text string }

type order struct{ sign, value string }

type bound struct {
	sign  string
	value uint64
}

type networks struct{ prefixes []netip.Prefix }

type moment struct {
	sign string
	at   time.Time
}

func numberTest(column schema.Column, compare string, values []string) (test, error) {
	if compare == "match" {
		return patternTest(values[0])
	}
	if compare != "in" {
		n, err := number(values[0])
		return bound{compare, n}, err
	}
	var set numbers
	for _, value := range values {
		value = strings.TrimSpace(value)
		if value == "" && column.Nullable {
			set.absent = true
			continue
		}
		low, high, isRange := strings.Cut(value, "-")
		if !isRange {
			high = low
		}
		from, err := number(low)
		if err != nil {
			return nil, err
		}
		to, err := number(high)
		if err != nil {
			return nil, err
		}
		if from > to {
			return nil, fmt.Errorf("the range %s runs backwards", value)
		}
		set.spans = append(set.spans, span{from, to})
	}
	return set, nil
}

func number(text string) (uint64, error) {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is not a whole number (a range is written 1000-2000)", text)
	}
	return n, nil
}

func wordTest(column schema.Column, compare string, values []string) (test, error) {
	switch compare {
	case "in":
		set := words{column: column}
		for _, value := range values {
			if strings.TrimSpace(value) == "" && column.Nullable {
				set.absent = true
				continue
			}
			n, ok := schema.WordNumber(column, value)
			if !ok {
				return nil, fmt.Errorf("%q is none of its words: %s", value, strings.Join(schema.Suggestions(column), ", "))
			}
			set.numbers = append(set.numbers, n)
		}
		return set, nil
	case "match":
		expression, err := compile(values[0])
		if err != nil {
			return nil, err
		}
		set := words{column: column}
		for n, word := range schema.Words(column) {
			if expression.MatchString(word) {
				set.numbers = append(set.numbers, n)
			}
		}
		return set, nil
	default:
		return nil, fmt.Errorf("its values are words, which have no order")
	}
}

func addressTest(compare string, values []string) (test, error) {
	switch compare {
	case "in":
		var set networks
		for _, value := range values {
			prefix, err := network(value)
			if err != nil {
				return nil, err
			}
			set.prefixes = append(set.prefixes, prefix)
		}
		return set, nil
	case "match":
		return patternTest(values[0])
	default:
		return nil, fmt.Errorf("addresses are compared by = with an address or a network, as in 10.0.0.0/8")
	}
}

// network reads an address or CIDR, IPv4 in its mapped form, as the store keeps it; "" is the address not logged.
func network(text string) (netip.Prefix, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return netip.PrefixFrom(netip.IPv6Unspecified(), 128), nil
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		address, addressErr := netip.ParseAddr(text)
		if addressErr != nil || address.Zone() != "" {
			return netip.Prefix{}, fmt.Errorf("%q is neither an address nor a network such as 203.0.113.0/24 or 2001:db8::/32", text)
		}
		prefix = netip.PrefixFrom(address, address.BitLen())
	}
	if prefix.Addr().Is4() {
		mapped := netip.AddrFrom16(prefix.Addr().As16())
		prefix = netip.PrefixFrom(mapped, prefix.Bits()+96)
	}
	return prefix.Masked(), nil
}

func timeTest(compare string, values []string) (test, error) {
	if compare == "match" || len(values) != 1 {
		return nil, fmt.Errorf("times are compared by <, <=, >, >= and =")
	}
	text := strings.TrimSpace(values[0])
	sign := compare
	if compare == "in" {
		sign = "="
	}
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil {
		return moment{sign, time.UnixMilli(ms).UTC()}, nil
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return nil, fmt.Errorf("%q is not a time: write 2026-11-22T10:00:00Z, or milliseconds since 1970", text)
	}
	return moment{sign, at.UTC()}, nil
}

func textTest(compare string, values []string) (test, error) {
	switch compare {
	case "in":
		return texts{values}, nil
	case "match":
		return patternTest(values[0])
	default:
		return order{sign: compare, value: values[0]}, nil
	}
}

func patternTest(text string) (test, error) {
	if _, err := compile(text); err != nil {
		return nil, err
	}
	return pattern{text}, nil
}

// compile checks with Go's engine what the store's runs later: both are RE2.
func compile(text string) (*regexp.Regexp, error) {
	expression, err := regexp.Compile(text)
	if err != nil {
		reason := err.Error()
		if detail, ok := err.(*syntax.Error); ok {
			reason = detail.Code.String() + ": " + detail.Expr
		}
		return nil, fmt.Errorf("%q is not a regular expression (RE2): %s", text, reason)
	}
	return expression, nil
}
