package filter

import (
	"fmt"
	"net/netip"
	"strconv"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
)

// Binder puts a value into SQL: as a parameter, or, where there can be none, as a literal.
type Binder interface {
	Text(value string) string
	Texts(values []string) string
	Address(value netip.Addr) string
	Moment(value time.Time) string
}

// Params binds values as parameters of the query; the SQL gets placeholders. The zero value is ready.
type Params map[string]clickhouse.Param

func (p Params) bind(kind string, value clickhouse.Param) string {
	name := "p" + strconv.Itoa(len(p))
	p[name] = value
	return fmt.Sprintf("{%s:%s}", name, kind)
}

// Text binds one string.
func (p Params) Text(value string) string { return p.bind("String", clickhouse.Text(value)) }

// Texts binds a list of strings.
func (p Params) Texts(values []string) string {
	return p.bind("Array(String)", clickhouse.Texts(values))
}

// Address binds an address in the store's form.
func (p Params) Address(value netip.Addr) string {
	return p.bind("IPv6", clickhouse.Text(value.String()))
}

// Moment binds a time to the millisecond.
func (p Params) Moment(value time.Time) string {
	return p.bind("DateTime64(3, 'UTC')", clickhouse.Text(seconds(value)))
}

// Literals writes values into the text, quoted: for `additional_table_filters`, which knows no parameters.
type Literals struct{}

// Text quotes one string.
func (Literals) Text(value string) string { return clickhouse.Quote(value) }

// Texts quotes a list of strings.
func (Literals) Texts(values []string) string { return string(clickhouse.Texts(values)) }

// Address quotes an address.
func (Literals) Address(value netip.Addr) string {
	return "toIPv6(" + clickhouse.Quote(value.String()) + ")"
}

// Moment quotes a time.
func (Literals) Moment(value time.Time) string {
	return "toDateTime64(" + clickhouse.Quote(seconds(value)) + ", 3, 'UTC')"
}

func seconds(value time.Time) string {
	ms := value.UnixMilli()
	sign := ""
	if ms < 0 {
		sign, ms = "-", -ms
	}
	return fmt.Sprintf("%s%d.%03d", sign, ms/1000, ms%1000)
}
