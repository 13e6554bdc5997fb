// Package schema is what the backend knows of the store: the columns of `events`, the rollups, the words that numbers
// stand for. The migrations under provisioning/clickhouse are the contract; a test compares the two.
package schema

// Needed is the newest migration whose tables or columns the backend's own queries use.
const Needed = 67

// Kind says how values of a column are written and compared.
type Kind int

// The kinds of columns.
const (
	Text Kind = iota
	Number
	Time
	Address
	Enum
	Proto
	Class
	Flags
	Attributes
)

// String is the word that the editor uses for the kind.
func (k Kind) String() string {
	return [...]string{"text", "number", "time", "address", "words", "words", "words", "flags", "attributes"}[k]
}

// Column of `events`.
type Column struct {
	Name string
	Kind Kind
	// Type is ClickHouse's.
	Type string
	// Nullable columns are NULL where the line did not carry the value.
	Nullable bool
	// About is one line for the person who picks it.
	About string
}

const (
	actions    = "Enum8('unknown' = 0, 'allow' = 1, 'drop' = 2, 'reject' = 3, 'alert' = 4)"
	directions = "Enum8('unknown' = 0, 'in' = 1, 'out' = 2, 'forward' = 3)"
	moment     = "DateTime64(3, 'UTC')"
	name       = "LowCardinality(String)"
)

// Columns in the order of the table.
var Columns = []Column{
	{"time", Time, moment, false, "when the device saw the packet"},
	{"received", Time, moment, false, "when the line arrived"},
	{"seq", Number, "UInt32", false, "position in the input"},
	{"batch", Number, "UInt64", false, "which insert brought it"},
	{"sensor", Text, name, false, "device or host that logged"},
	{"dialect", Text, name, false, "how the line was written"},
	{"action", Enum, actions, false, "what the device did"},
	{"class", Class, "UInt8", false, "protocol, IP version, and whether it is a tail"},
	{"direction", Enum, directions, false, "seen from the device"},
	{"iface_in", Text, name, false, "interface it came in on"},
	{"iface_out", Text, name, false, "interface it would leave by"},
	{"proto", Proto, "UInt8", false, "IP protocol"},
	{"src_ip", Address, "IPv6", false, "source address"},
	{"dst_ip", Address, "IPv6", false, "target address"},
	{"src_port", Number, "UInt16", false, "source port"},
	{"dst_port", Number, "UInt16", false, "target port"},
	{"tcp_flags", Flags, "Nullable(UInt8)", true, "TCP flags"},
	{"icmp_type", Number, "Nullable(UInt8)", true, "ICMP type"},
	{"icmp_code", Number, "Nullable(UInt8)", true, "ICMP code"},
	{"ttl", Number, "Nullable(UInt8)", true, "TTL or hop limit as received"},
	{"ip_id", Number, "Nullable(UInt16)", true, "IPv4 identification"},
	{"tcp_window", Number, "Nullable(UInt16)", true, "TCP window"},
	{"tcp_seq", Number, "Nullable(UInt32)", true, "TCP sequence number"},
	{"length", Number, "Nullable(UInt32)", true, "length of the packet"},
	{"count", Number, "UInt32", false, "events the line stands for"},
	{"packets", Number, "UInt64", false, "packets of a flow"},
	{"bytes", Number, "UInt64", false, "bytes of a flow"},
	{"duration_ms", Number, "UInt32", false, "duration of a flow"},
	{"nat_src_ip", Address, "IPv6", false, "translated source"},
	{"nat_dst_ip", Address, "IPv6", false, "translated target"},
	{"nat_src_port", Number, "UInt16", false, "translated source port"},
	{"nat_dst_port", Number, "UInt16", false, "translated target port"},
	{"rule", Text, name, false, "rule, chain or log prefix"},
	{"signature", Text, "String", false, "what an IDS calls it"},
	{"severity", Number, "UInt8", false, "severity as the device counts it"},
	{"qname", Text, "String", false, "name asked for"},
	{"intel", Number, "UInt8", false, "matched an indicator"},
	{"src_asn", Number, "UInt32", false, "autonomous system of the source"},
	{"src_country", Text, name, false, "country of the source"},
	{"attrs", Attributes, "Map(LowCardinality(String), String)", false, "what no column holds: attrs.mac, attrs.mark …"},
	{"message", Text, "String", false, "the line as received"},
}

var byName = func() map[string]Column {
	index := make(map[string]Column, len(Columns))
	for _, column := range Columns {
		index[column.Name] = column
	}
	return index
}()

// Find looks a column of `events` up by its name.
func Find(name string) (Column, bool) {
	column, ok := byName[name]
	return column, ok
}
