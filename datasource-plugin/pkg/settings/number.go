package settings

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// number is a whole number that may arrive as text: provisioning turns `${VAR}` into either, and into "" when unset.
type number struct {
	text string
}

func (n *number) UnmarshalJSON(raw []byte) error {
	if string(raw) == "null" {
		return nil
	}
	var text string
	if err := json.Unmarshal(raw, &text); err == nil {
		n.text = strings.TrimSpace(text)
		return nil
	}
	n.text = string(raw)
	return nil
}

// within gives the value, `fallback` when none is set, or says what is wrong with it.
func (n number) within(name string, fallback, top int) (int, error) {
	if n.text == "" {
		return fallback, nil
	}
	value, err := strconv.ParseFloat(n.text, 64)
	if err != nil || value != math.Trunc(value) || value < 1 || value > float64(top) {
		return 0, fmt.Errorf("the %s is %q: it must be a whole number from 1 to %d", name, n.text, top)
	}
	return int(value), nil
}
