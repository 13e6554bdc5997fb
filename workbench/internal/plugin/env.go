package plugin

// passed are the variables of the host that Grafana lets a plugin's process see. Everything else comes by settings, so
// a backend that reads FIREPLOT_* works neither here nor there.
var passed = []string{
	"PLUGIN_UNIX_SOCKET_DIR",
	"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy",
}

// childEnv is the whole environment of a plugin's process, but for what go-plugin adds for its handshake.
func childEnv(grafanaVersion string, lookup func(string) (string, bool)) []string {
	env := []string{"GF_VERSION=" + grafanaVersion, "GF_EDITION=Open Source"}
	for _, name := range passed {
		if value, set := lookup(name); set {
			env = append(env, name+"="+value)
		}
	}
	return env
}
