package filter

import (
	"strings"
	"testing"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

func one(key, operator, value string, values ...string) []Filter {
	return []Filter{{Key: key, Operator: operator, Value: value, Values: values}}
}

func TestSQL_Success(t *testing.T) {
	f := func(filters []Filter, want string, params ...clickhouse.Param) {
		t.Helper()
		set, err := Parse(filters)
		if err != nil {
			t.Fatalf("%v: %v", filters, err)
		}
		bound := Params{}
		if got := set.SQL(bound, schema.Events); got != want {
			t.Errorf("%v\n got %s\nwant %s", filters, got, want)
		}
		if len(bound) != len(params) {
			t.Fatalf("%v: bound %v", filters, bound)
		}
		for i, param := range params {
			if got := bound["p"+string(rune('0'+i))]; got != param {
				t.Errorf("%v: parameter %d is %q, want %q", filters, i, got, param)
			}
		}
	}
	f(nil, "1")
	f(one("", "=", "not filled in yet"), "1")

	f(one("dst_port", "=", "22"), "(dst_port IN (22))")
	f(one("dst_port", "!=", " 22 "), "NOT (dst_port IN (22))")
	f(one("dst_port", "=", "1000-2000"), "(dst_port BETWEEN 1000 AND 2000)")
	f(one("dst_port", "=|", "", "22", "80", "6000-6063"), "(dst_port BETWEEN 6000 AND 6063 OR dst_port IN (22, 80))")
	f(one("dst_port", ">", "1024"), "(dst_port > 1024)")
	f(one("dst_port", "<=", "1024"), "(dst_port <= 1024)")
	f(one("dst_port", "=~", "^80"), "(match(ifNull(toString(dst_port), ''), {p0:String}))", "^80")
	f(one("ttl", "!=", "64"), "(ttl IS NULL OR NOT (ttl IN (64)))")
	f(one("ttl", "=", ""), "(ttl IS NULL)")
	f(one("ttl", "!=", ""), "NOT (ttl IS NULL)")
	f(one("ttl", "=|", "", "64", ""), "(ttl IN (64) OR ttl IS NULL)")

	f(one("proto", "=", "TCP"), "(proto IN (6))")
	f(one("proto", "=|", "", "udp", "47", "icmpv6"), "(proto IN (17, 47, 58))")
	f(one("proto", "=~", "^(tcp|udp)$"), "(proto IN (6, 17))")
	f(one("action", "!=", "drop"), "NOT (action = {p0:String})", "drop")
	f(one("action", "=~", "drop|reject"), "(action IN {p0:Array(String)})", "['drop','reject']")
	f(one("action", "=~", "nothing"), "(0)")
	f(one("class", "=", "udp/ipv6"), "(class IN (5))")
	f(one("class", "=", "8"), "(class IN (8))")
	f(one("class", "!~", "tail"), "NOT (class IN (8, 9, 10, 11, 12, 13, 14, 15))")
	f(one("tcp_flags", "=", "SYN"), "(bitAnd(tcp_flags, 63) IN (2))")
	f(one("tcp_flags", "=", "ack+syn"), "(bitAnd(tcp_flags, 63) IN (18))")
	f(one("tcp_flags", "=", "none"), "(bitAnd(tcp_flags, 63) IN (0))")
	f(one("tcp_flags", "=", "SYN,ECE"), "(tcp_flags IN (66))")
	f(one("tcp_flags", "=", ""), "(bitAnd(tcp_flags, 63) IN (256) OR bitAnd(tcp_flags, 63) IS NULL)")

	f(one("src_ip", "=", "192.0.2.1"), "(src_ip = {p0:IPv6})", "::ffff:192.0.2.1")
	f(one("src_ip", "!=", "2001:DB8::1"), "NOT (src_ip = {p0:IPv6})", "2001:db8::1")
	f(one("src_ip", "=", "192.0.2.77/24"), "(src_ip BETWEEN {p0:IPv6} AND {p1:IPv6})", "::ffff:192.0.2.0", "::ffff:192.0.2.255")
	f(one("src_ip", "=", "2001:db8::/33"), "(src_ip BETWEEN {p0:IPv6} AND {p1:IPv6})", "2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff")
	f(one("src_ip", "=", "0.0.0.0/0"), "(src_ip BETWEEN {p0:IPv6} AND {p1:IPv6})", "::ffff:0.0.0.0", "::ffff:255.255.255.255")
	f(one("src_ip", "=|", "", "192.0.2.1", "10.0.0.0/8"), "(src_ip = {p0:IPv6} OR src_ip BETWEEN {p1:IPv6} AND {p2:IPv6})", "::ffff:192.0.2.1", "::ffff:10.0.0.0", "::ffff:10.255.255.255")
	f(one("src_ip", "=", ""), "(src_ip = {p0:IPv6})", "::")
	f(one("src_ip", "=~", "^192"), "(match(replaceRegexpOne(toString(src_ip), '^::ffff:', ''), {p0:String}))", "^192")

	f(one("sensor", "=", "gw'); DROP TABLE x --"), "(sensor = {p0:String})", "gw'); DROP TABLE x --")
	f(one("sensor", "=|", "", "a'b", `c\d`), "(sensor IN {p0:Array(String)})", `['a\'b','c\\d']`)
	f(one("message", "!~", "a\tb"), "NOT (match(message, {p0:String}))", `a\tb`)
	f(one("rule", ">", "m"), "(rule > {p0:String})", "m")
	f(one("attrs.mac", "=", "00:11"), "(attrs[{p0:String}] = {p1:String})", "mac", "00:11")
	f(one("attrs.a'] OR 1", "=", "x"), "(attrs[{p0:String}] = {p1:String})", "a'] OR 1", "x")

	f(one("time", ">=", "2026-11-22T10:00:00.5Z"), "(time >= {p0:DateTime64(3, 'UTC')})", "1795341600.500")
	f(one("received", "<", "-1"), "(received < {p0:DateTime64(3, 'UTC')})", "-0.001")

	f([]Filter{{Key: "proto", Operator: "=", Value: "udp"}, {Key: "dst_port", Operator: "=", Value: "53"}}, "(proto IN (17)) AND (dst_port IN (53))")
}

func TestParse_Failure(t *testing.T) {
	f := func(filters []Filter, want string) {
		t.Helper()
		_, err := Parse(filters)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got %v, want a sentence with %q", filters, err, want)
		}
	}
	f(one("dstport", "=", "22"), `no such column; they have time, received`)
	f(one("1) OR (1", "=", "1"), "no such column")
	f(one("attrs", "=", "x"), "attrs.mac")
	f(one("attrs.", "=", "x"), "no such column")
	f(one("dst_port", "LIKE", "22"), `operator "LIKE"`)
	f(one("dst_port", "=", "ssh"), `"ssh" is not a whole number`)
	f(one("dst_port", "=", "-1"), "is not a whole number")
	f(one("dst_port", "=", ""), "is not a whole number")
	f(one("dst_port", "=", "30-20"), "runs backwards")
	f(one("dst_port", "=~", "("), "not a regular expression (RE2): missing closing )")
	f(one("proto", "=", "tpc"), `"tpc" is none of its words: `)
	f(one("proto", "=", "256"), "none of its words")
	f(one("proto", "<", "tcp"), "no order")
	f(one("action", "=", ""), "none of its words")
	f(one("tcp_flags", "=", "SIN"), "none of its words")
	f(one("src_ip", "=", "192.0.2"), "neither an address nor a network")
	f(one("src_ip", "=", "fe80::1%eth0"), "neither an address nor a network")
	f(one("src_ip", "<", "192.0.2.1"), "10.0.0.0/8")
	f(one("time", "=~", "2026"), "times are compared by")
	f(one("time", ">", "yesterday"), "2026-11-22T10:00:00Z")
	f(one("message", "=~", `a(?=b)`), "regular expression")
}

func TestFits(t *testing.T) {
	f := func(filters []Filter, cells, sources bool) {
		t.Helper()
		set, err := Parse(filters)
		if err != nil {
			t.Fatal(err)
		}
		if set.Fits(schema.Cells1m) != cells || set.Fits(schema.Sources) != sources || !set.Fits(schema.Events) {
			t.Errorf("%v: cells %v, sources %v", filters, set.Fits(schema.Cells1m), set.Fits(schema.Sources))
		}
	}
	f(nil, true, true)
	f(one("action", "=", "drop"), true, false)
	f(one("sensor", "=~", "gw"), true, false)
	f(one("class", "=", "0"), true, false)
	f(one("proto", "=", "tcp"), true, true)
	f(one("proto", "!=", "udp"), true, true)
	f(one("proto", "=|", "", "tcp", "udp"), true, true)
	f(one("proto", "=", "icmp"), false, true)
	f(one("proto", "=|", "", "dccp", "sctp", "udplite"), true, true)
	f(one("proto", "=|", "", "sctp"), false, true)
	f(one("dst_port", "=", "22"), false, true)
	f(one("src_ip", "=", "192.0.2.1"), false, true)
	f(one("rule", "=", "x"), false, false)
}

func TestSQL_pyramid(t *testing.T) {
	f := func(filters []Filter, want string) {
		t.Helper()
		set, err := Parse(filters)
		if err != nil {
			t.Fatal(err)
		}
		if got := set.SQL(Params{}, schema.Cells1m); got != want {
			t.Errorf("%v\n got %s\nwant %s", filters, got, want)
		}
	}
	f(one("proto", "=", "tcp"), "bitAnd(class, 3) IN (0)")
	f(one("proto", "!=", "tcp"), "bitAnd(class, 3) IN (1, 2, 3)")
	f(one("action", "=|", "", "drop", "reject"), "(action IN (2, 3))")
	f(one("class", "=~", "IPv6$"), "(class IN (4, 5, 6, 7))")
}

func TestLiterals_quote(t *testing.T) {
	set, err := Parse(one("sensor", "=", `a'b\c`), one("src_ip", "=", "192.0.2.1"), one("time", ">", "1500"))
	if err != nil {
		t.Fatal(err)
	}
	want := `(sensor = 'a\'b\\c') AND (src_ip = toIPv6('::ffff:192.0.2.1')) AND (time > toDateTime64('1.500', 3, 'UTC'))`
	if got := set.SQL(Literals{}, schema.Events); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func FuzzParse_valuesNeverBecomeSQL(f *testing.F) {
	f.Add("sensor", "=", "x")
	f.Add("attrs.x'", "=~", "'; DROP")
	f.Add("dst_port", "=|", "1-2")
	f.Fuzz(func(t *testing.T, key, operator, value string) {
		const marker = "\u2603"
		set, err := Parse(one(key, operator, marker+value, marker))
		if err != nil {
			return
		}
		if text := set.SQL(Params{}, schema.Events); strings.Contains(text, marker) {
			t.Errorf("%s %s %q became %s", key, operator, value, text)
		}
	})
}
