// The backend of the data source. Grafana starts it, one process for all data sources of this type.
package main

import (
	"os"
	"runtime/debug"

	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/plugin"
)

// A fireplot allocates tens of MiB at once and keeps none of them: at Go's own pace the collector would run several
// times an answer, which takes as long as making it. The heap may grow to five times what is alive, within the limit.
const (
	collectorPace = 400
	memoryLimit   = 512 << 20
)

func main() {
	debug.SetGCPercent(collectorPace)
	debug.SetMemoryLimit(memoryLimit)
	if err := datasource.Manage("fireplot-firewall-datasource", plugin.New, datasource.ManageOpts{}); err != nil {
		log.DefaultLogger.Error("The data source ended", "error", err)
		os.Exit(1)
	}
}
