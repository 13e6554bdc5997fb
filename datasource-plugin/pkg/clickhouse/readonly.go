package clickhouse

import (
	"context"
	"errors"
	"sync"
)

// Mode says which settings the store's user profile lets a query carry.
type Mode int

// The three kinds of profile, as `getSetting('readonly')` tells them apart.
const (
	// Open (readonly=0): settings are sent, and readonly=1 with them.
	Open Mode = iota + 1
	// Settings (readonly=2, or an embedded store, which is read-only by itself): settings without readonly.
	Settings
	// Bare (readonly=1): every setting would be refused, so none is sent.
	Bare
)

// profile is found out once, by the first query that gets through.
type profile struct {
	mutex sync.Mutex
	mode  Mode
}

// Mode tells what the profile allows, asking the store if no query has yet.
func (c *Client) Mode(ctx context.Context) (Mode, error) { return c.mode(ctx) }

func (c *Client) mode(ctx context.Context) (Mode, error) {
	c.profile.mutex.Lock()
	defer c.profile.mutex.Unlock()
	if c.profile.mode != 0 {
		return c.profile.mode, nil
	}
	mode, err := c.probe(ctx)
	if err != nil {
		return 0, err
	}
	c.profile.mode = mode
	return mode, nil
}

// forget lets the next query ask again what the profile allows: it may have been changed.
func (c *Client) forget() {
	c.profile.mutex.Lock()
	defer c.profile.mutex.Unlock()
	c.profile.mode = 0
}

func (c *Client) probe(ctx context.Context) (Mode, error) {
	var level uint64
	err := c.run(ctx, Query{SQL: "SELECT toUInt64(getSetting('readonly'))"}, Bare, func(b *Block) error {
		if b.Rows() > 0 {
			return b.Columns[0].ScanRow(&level, 0)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	switch level {
	case 0:
		return Open, nil
	case 2:
		return Settings, nil
	}
	// The embedded store says 1 as well, yet takes the settings that come with a query: so try.
	err = c.run(ctx, Query{SQL: "SELECT 1"}, Settings, func(*Block) error { return nil })
	var refused *Error
	switch {
	case err == nil:
		return Settings, nil
	case errors.As(err, &refused) && refused.Kind == Readonly:
		return Bare, nil
	default:
		return 0, err
	}
}
