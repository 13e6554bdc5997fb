// The backend of the data source. Grafana starts it, one process for all data sources of this type.
package main

import (
	"os"

	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/plugin"
)

func main() {
	if err := datasource.Manage("fireplot-firewall-datasource", plugin.New, datasource.ManageOpts{}); err != nil {
		log.DefaultLogger.Error("The data source ended", "error", err)
		os.Exit(1)
	}
}
