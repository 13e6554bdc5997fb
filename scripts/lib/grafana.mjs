// A real Grafana in place of the workbench: GRAFANA_HOME names an unpacked one.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './tools.mjs';

const PLUGINS = {
  'fireplot-firewall-datasource': 'datasource-plugin/dist',
  'fireplot-fireplot-panel': 'panel-plugin/dist',
};

/** The settings that make a stock Grafana ours; everything else stays as the person has it in their environment. */
export function grafanaEnvironment({ data, port, clickhouseUrl }) {
  return {
    GF_PATHS_DATA: path.join(data, 'grafana'),
    GF_PATHS_LOGS: path.join(data, 'grafana', 'log'),
    GF_PATHS_PLUGINS: path.join(data, 'grafana', 'plugins'),
    GF_PATHS_PROVISIONING: path.join(ROOT, 'provisioning'),
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: Object.keys(PLUGINS).join(','),
    GF_SERVER_HTTP_ADDR: '127.0.0.1',
    GF_SERVER_HTTP_PORT: String(port),
    // On loopback and for one person, as the workbench: no login in the way.
    GF_AUTH_ANONYMOUS_ENABLED: 'true',
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Admin',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
    GF_NEWS_NEWS_FEED_ENABLED: 'false',
    GF_PLUGINS_PREINSTALL_DISABLED: 'true',
    GF_LOG_LEVEL: 'warn',
    FIREPLOT_CLICKHOUSE_URL: clickhouseUrl,
    FIREPLOT_CLICKHOUSE_USER: '',
    FIREPLOT_CLICKHOUSE_PASSWORD: '',
  };
}

/** The server's command line, or a sentence when the folder holds no Grafana. */
export function grafanaCommand(home) {
  const binary = ['bin/grafana', 'bin/grafana.exe']
    .map((name) => path.join(home, name))
    .find((file) => existsSync(file));
  if (!binary || !existsSync(path.join(home, 'public'))) {
    return {
      sentence: `GRAFANA_HOME is ${home}, and there is no bin/grafana beside a public folder in it: unpack a Grafana 12.3 or newer there, or unset GRAFANA_HOME to use the workbench.`,
    };
  }
  return { binary, args: ['server', '--homepath', home] };
}

function linkPlugins(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [id, built] of Object.entries(PLUGINS)) {
    const link = path.join(folder, id);
    rmSync(link, { force: true, recursive: true });
    symlinkSync(path.join(ROOT, built), link, 'dir');
  }
}

/** Starts it and waits until it answers. Shape as of startService. */
export async function startGrafana({ home, data, port, clickhouseUrl, onLog = () => {} }) {
  const { binary, args, sentence } = grafanaCommand(home);
  if (sentence) throw new Error(sentence);
  const ours = grafanaEnvironment({ data, port, clickhouseUrl });
  linkPlugins(ours.GF_PATHS_PLUGINS);
  const child = spawn(binary, args, {
    cwd: home,
    env: { ...process.env, ...ours },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => onLog(text.trimEnd()));
  const exited = new Promise((done) => child.on('close', done));
  const stop = async () => {
    child.kill('SIGTERM');
    return exited;
  };
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null)
      throw new Error(
        `Grafana in ${home} ended with exit code ${child.exitCode} before it answered: start it with GF_LOG_LEVEL=info to see why.`
      );
    const ok = await fetch(`${url}/api/health`).then(
      (answer) => answer.ok,
      () => false
    );
    if (ok) return { name: 'Grafana', ready: { ready: true, url }, pid: child.pid, exited, stop };
    await sleep(250);
  }
  await stop();
  throw new Error(`Grafana in ${home} did not answer on ${url} within 60 s.`);
}
