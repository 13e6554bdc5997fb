package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/go-hclog"
)

type options struct {
	addr         string
	provisioning string
	plugins      []string
	page         string
	level        hclog.Level
}

func parse(args []string, stderr io.Writer) (options, error) {
	opts := options{}
	flags := flag.NewFlagSet("workbench", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&opts.addr, "addr", "127.0.0.1:3000", "loopback `address` and port to listen on")
	flags.StringVar(&opts.provisioning, "provisioning", "provisioning", "Grafana provisioning `folder` (datasources, dashboards, alerting)")
	flags.StringVar(&opts.page, "page", "workbench/dist", "`folder` of the built page")
	flags.Func("plugin", "`folder` of a built plugin; may be given several times", func(dir string) error {
		opts.plugins = append(opts.plugins, dir)
		return nil
	})
	level := flags.String("log-level", "info", "`one of` trace, debug, info, warn, error")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(stderr, "workbench: a small host for Grafana plugins where there is no Grafana\n\nOptions:")
		flags.SetOutput(stderr)
		flags.PrintDefaults()
		return opts, err
	} else if err != nil {
		return opts, err
	}
	if flags.NArg() > 0 {
		return opts, fmt.Errorf("unexpected argument %q", strings.Join(flags.Args(), " "))
	}
	if len(opts.plugins) == 0 {
		return opts, errors.New("no -plugin given: name the folder of at least one built plugin")
	}
	if opts.level = hclog.LevelFromString(*level); opts.level == hclog.NoLevel {
		return opts, fmt.Errorf("-log-level %q is none of trace, debug, info, warn, error", *level)
	}
	return opts, nil
}
