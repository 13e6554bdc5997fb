package frames

import (
	"fmt"
	"math"
	"math/big"
	"reflect"
	"time"
)

// jsonable rebuilds a nested value of the store so that JSON can carry it: no NaN, no integers that a browser would
// round, keys that are text.
func jsonable(value any) any {
	switch v := value.(type) {
	case nil, bool, string:
		return v
	case time.Time:
		return v.UTC().Format("2006-01-02T15:04:05.999999999Z")
	case big.Int:
		return v.String()
	case fmt.Stringer:
		return v.String()
	}
	r := reflect.ValueOf(value)
	switch r.Kind() {
	case reflect.Pointer, reflect.Interface:
		if r.IsNil() {
			return nil
		}
		return jsonable(r.Elem().Interface())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if n := r.Int(); n > safeInteger || n < -safeInteger {
			return formatInt(n)
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if n := r.Uint(); n > safeInteger {
			return formatUint(n)
		}
	case reflect.Float32, reflect.Float64:
		if f := r.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return fmt.Sprint(f)
		}
	case reflect.Slice, reflect.Array:
		list := make([]any, r.Len())
		for i := range list {
			list[i] = jsonable(r.Index(i).Interface())
		}
		return list
	case reflect.Map:
		object := make(map[string]any, r.Len())
		for _, key := range r.MapKeys() {
			object[fmt.Sprint(jsonable(key.Interface()))] = jsonable(r.MapIndex(key).Interface())
		}
		return object
	}
	return value
}
