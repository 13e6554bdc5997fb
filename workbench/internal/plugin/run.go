package plugin

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
)

// drain is how long a replaced process may go on answering what it was asked before it is killed.
const drain = 10 * time.Second

// run is one process of a backend, from its start to its end.
type run struct {
	client *goplugin.Client
	clients
	inFlight sync.WaitGroup
}

// clients are the services of a plugin; nil where it has none.
type clients struct {
	data        grpcplugin.DataClient
	diagnostics grpcplugin.DiagnosticsClient
	resource    grpcplugin.ResourceClient
	stream      grpcplugin.StreamClient
}

var services = goplugin.PluginSet{
	"data":        &grpcplugin.DataGRPCPlugin{},
	"diagnostics": &grpcplugin.DiagnosticsGRPCPlugin{},
	"resource":    &grpcplugin.ResourceGRPCPlugin{},
	"stream":      &grpcplugin.StreamGRPCPlugin{},
}

// start runs the binary and shakes hands. The returned run answers until stop or its own death.
func start(binary string, grafanaVersion string, logger hclog.Logger) (*run, error) {
	if info, err := os.Stat(binary); err != nil {
		return nil, fmt.Errorf("the backend is not built: %w", err)
	} else if info.Mode()&0o111 == 0 {
		return nil, fmt.Errorf("the backend %s is not executable; chmod +x it", binary)
	}
	cmd := exec.Command(binary)
	cmd.Env = childEnv(grafanaVersion, os.LookupEnv)
	dieWithParent(cmd)
	client := goplugin.NewClient(&goplugin.ClientConfig{
		Cmd:              cmd,
		SkipHostEnv:      true,
		HandshakeConfig:  handshake,
		VersionedPlugins: map[int]goplugin.PluginSet{grpcplugin.ProtocolVersion: services},
		AllowedProtocols: []goplugin.Protocol{goplugin.ProtocolGRPC},
		Logger:           logger,
		StartTimeout:     20 * time.Second,
	})
	var rpc goplugin.ClientProtocol
	var err error
	spawn(func() { rpc, err = client.Client() })
	if err != nil {
		client.Kill()
		return nil, fmt.Errorf("starting %s: %w", binary, err)
	}
	r := &run{client: client}
	if err := r.dispense(rpc); err != nil {
		client.Kill()
		return nil, fmt.Errorf("asking %s for its services: %w", binary, err)
	}
	return r, nil
}

var handshake = goplugin.HandshakeConfig{
	ProtocolVersion:  grpcplugin.ProtocolVersion,
	MagicCookieKey:   grpcplugin.MagicCookieKey,
	MagicCookieValue: grpcplugin.MagicCookieValue,
}

func (r *run) dispense(rpc goplugin.ClientProtocol) error {
	for name := range services {
		service, err := rpc.Dispense(name)
		if err != nil {
			return err
		}
		switch client := service.(type) {
		case grpcplugin.DataClient:
			r.data = client
		case grpcplugin.DiagnosticsClient:
			r.diagnostics = client
		case grpcplugin.ResourceClient:
			r.resource = client
		case grpcplugin.StreamClient:
			r.stream = client
		}
	}
	return nil
}

// retire ends a replaced run once its calls are answered, or after the drain.
func (r *run) retire() {
	done := make(chan struct{})
	go func() { r.inFlight.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(drain):
	}
	r.client.Kill()
}
