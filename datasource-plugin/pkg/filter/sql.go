package filter

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// SQL joins the conditions with AND for one table, "1" when there are none. The set must fit: see Fits.
func (s Set) SQL(b Binder, table schema.Table) string {
	if len(s) == 0 {
		return "1"
	}
	parts := make([]string, len(s))
	for i, condition := range s {
		parts[i] = condition.sql(b, table)
	}
	return strings.Join(parts, " AND ")
}

// Fits tells whether the table knows enough to apply every condition.
func (s Set) Fits(table schema.Table) bool {
	for _, condition := range s {
		if !condition.fits(table) {
			return false
		}
	}
	return true
}

func (c Condition) fits(table schema.Table) bool {
	if c.isIntel() {
		return table.Has("src_ip")
	}
	if table.Has(c.column.Name) {
		return true
	}
	_, ok := c.protocolBits()
	return ok && table.Has("class")
}

func (c Condition) sql(b Binder, table schema.Table) string {
	if c.column.Name == scanColumn.Name {
		return c.sourcesOfScan(b)
	}
	if c.isIntel() {
		return c.fromIntel(b)
	}
	if !table.Has(c.column.Name) {
		bits, _ := c.protocolBits()
		return fmt.Sprintf("bitAnd(class, %d) IN %s", schema.ClassProtocol, tuple(bits))
	}
	expr, test := c.column.Name, c.test
	switch set, isWords := c.test.(words); {
	case c.attr != "":
		expr = fmt.Sprintf("attrs[%s]", b.Text(c.attr))
	case isWords && c.column.Kind == schema.Enum && !table.Numeric():
		test = set.named()
	case isWords && c.column.Kind == schema.Flags && !set.beyond(63):
		// ECE and CWR belong to congestion control: a SYN that offers ECN is still a SYN.
		expr = "bitAnd(tcp_flags, 63)"
	}
	if _, isPattern := c.test.(pattern); isPattern {
		expr = c.readable(expr)
	}
	text := test.sql(b, expr)
	absent := false
	switch set := test.(type) {
	case numbers:
		absent = set.absent
	case words:
		absent = set.absent
	}
	switch {
	case c.negate && c.column.Nullable && !absent:
		// What was not logged is not equal to anything: such rows stay.
		return fmt.Sprintf("(%s IS NULL OR NOT (%s))", c.column.Name, text)
	case c.negate:
		return fmt.Sprintf("NOT (%s)", text)
	default:
		return "(" + text + ")"
	}
}

// readable is the text that a person sees for a value, which regular expressions are held against.
func (c Condition) readable(expr string) string {
	switch c.column.Kind {
	case schema.Address:
		return fmt.Sprintf("replaceRegexpOne(toString(%s), '^::ffff:', '')", expr)
	case schema.Number:
		return fmt.Sprintf("ifNull(toString(%s), '')", expr)
	}
	return expr
}

// protocolBits translates a condition on `proto` into values of the protocol bits of `class`, where those tell enough.
func (c Condition) protocolBits() (bits []int, ok bool) {
	set, isWords := c.test.(words)
	if !isWords || c.column.Kind != schema.Proto {
		return nil, false
	}
	holds := [4]int{}
	total := [4]int{}
	for proto := range 256 {
		bit := schema.ProtocolBits(uint8(proto))
		total[bit]++
		if set.has(proto) != c.negate {
			holds[bit]++
		}
	}
	for bit := range holds {
		switch holds[bit] {
		case 0:
		case total[bit]:
			bits = append(bits, bit)
		default:
			return nil, false
		}
	}
	return bits, true
}

func (w words) has(n int) bool {
	for _, number := range w.numbers {
		if number == n {
			return true
		}
	}
	return false
}

func (w words) beyond(limit int) bool {
	for _, number := range w.numbers {
		if number > limit {
			return true
		}
	}
	return false
}

func (w words) named() texts {
	var named texts
	for _, n := range w.numbers {
		word, _ := schema.Word(w.column, n)
		named.values = append(named.values, word)
	}
	return named
}

func (w words) sql(_ Binder, expr string) string {
	text := fmt.Sprintf("%s IN %s", expr, tuple(w.numbers))
	if w.absent {
		text += fmt.Sprintf(" OR %s IS NULL", expr)
	}
	return text
}

// Numbers are written into the SQL: they were parsed as numbers and are printed from them.
func (n numbers) sql(_ Binder, expr string) string {
	var parts, single []string
	for _, s := range n.spans {
		if s.low == s.high {
			single = append(single, strconv.FormatUint(s.low, 10))
		} else {
			parts = append(parts, fmt.Sprintf("%s BETWEEN %d AND %d", expr, s.low, s.high))
		}
	}
	if len(single) > 0 {
		parts = append(parts, fmt.Sprintf("%s IN (%s)", expr, strings.Join(single, ", ")))
	}
	if n.absent {
		parts = append(parts, expr+" IS NULL")
	}
	return strings.Join(parts, " OR ")
}

func (l bound) sql(_ Binder, expr string) string {
	return fmt.Sprintf("%s %s %d", expr, l.sign, l.value)
}

func (t texts) sql(b Binder, expr string) string {
	if len(t.values) == 0 {
		// Words that no pattern matched.
		return "0"
	}
	if len(t.values) == 1 {
		return fmt.Sprintf("%s = %s", expr, b.Text(t.values[0]))
	}
	return fmt.Sprintf("%s IN %s", expr, b.Texts(t.values))
}

func (p pattern) sql(b Binder, expr string) string {
	return fmt.Sprintf("match(%s, %s)", expr, b.Text(p.text))
}

func (o order) sql(b Binder, expr string) string {
	return fmt.Sprintf("%s %s %s", expr, o.sign, b.Text(o.value))
}

func (m moment) sql(b Binder, expr string) string {
	return fmt.Sprintf("%s %s %s", expr, m.sign, b.Moment(m.at))
}

func (n networks) sql(b Binder, expr string) string {
	parts := make([]string, len(n.prefixes))
	for i, prefix := range n.prefixes {
		if prefix.IsSingleIP() {
			parts[i] = fmt.Sprintf("%s = %s", expr, b.Address(prefix.Addr()))
		} else {
			parts[i] = fmt.Sprintf("%s BETWEEN %s AND %s", expr, b.Address(prefix.Addr()), b.Address(lastOf(prefix)))
		}
	}
	return strings.Join(parts, " OR ")
}

func lastOf(prefix netip.Prefix) netip.Addr {
	bytes := prefix.Addr().As16()
	for bit := prefix.Bits(); bit < 128; bit++ {
		bytes[bit/8] |= 1 << (7 - bit%8)
	}
	return netip.AddrFrom16(bytes)
}

func tuple(numbers []int) string {
	if len(numbers) == 0 {
		// An empty IN is a syntax error, and NULL would spoil a negation; no column of words holds this number.
		return "(256)"
	}
	parts := make([]string, len(numbers))
	for i, n := range numbers {
		parts[i] = strconv.Itoa(n)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}
