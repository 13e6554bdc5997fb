// Everything that runs: ingest with the embedded store, then the workbench or a real Grafana on top of it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { startService } from './child.mjs';
import { startGrafana } from './grafana.mjs';
import { dayOf, newestEvent } from './newest.mjs';
import { WORKBENCH } from './parts.mjs';
import { ROOT } from './tools.mjs';

const FIREPLOT = path.join(ROOT, 'ingest', 'bin', 'fireplot.js');
export const SAMPLE = path.join(ROOT, 'test', 'data', 'sample', 'netfilter.log.gz');
const EXAMPLE_LIST = path.join(ROOT, 'test', 'data', 'sample', 'example-list.txt');
const SAMPLE_OPTIONS = ['--timezone', 'UTC', '--year', '2026'];

/** What the data source's process may see: Grafana passes no more on. */
const workbenchEnvironment = (clickhouseUrl) => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  TMPDIR: process.env.TMPDIR,
  GF_PATHS_PROVISIONING: path.join(ROOT, 'provisioning'),
  FIREPLOT_CLICKHOUSE_URL: clickhouseUrl,
  FIREPLOT_CLICKHOUSE_USER: '',
  FIREPLOT_CLICKHOUSE_PASSWORD: '',
});

/** @param {{ store: string, serveOptions?: string[], onLog?: (text: string) => void }} options */
export function startIngest({ store, serveOptions = [], onLog }) {
  return startService({
    name: 'ingest',
    command: process.execPath,
    args: [FIREPLOT, 'serve', '--store', store, ...serveOptions],
    env: process.env,
    onLog,
  });
}

/** @param {{ port: number, clickhouseUrl: string, provisioning?: string, onLog?: (text: string) => void }} options */
export function startWorkbench({ port, clickhouseUrl, provisioning = path.join(ROOT, 'provisioning'), onLog }) {
  return startService({
    name: 'workbench',
    command: path.join(ROOT, WORKBENCH),
    args: [
      ...['-addr', `127.0.0.1:${port}`, '-provisioning', provisioning, '-page', path.join(ROOT, 'workbench/dist')],
      ...['-plugin', path.join(ROOT, 'datasource-plugin/dist'), '-plugin', path.join(ROOT, 'panel-plugin/dist')],
    ],
    env: workbenchEnvironment(clickhouseUrl),
    onLog,
  });
}

/** Runs a command of `fireplot`; resolves with its exit code. It finds the running service through the store folder. */
function fireplot(args, stdio = 'inherit') {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [FIREPLOT, ...args], { stdio });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

export const load = ({ store, files, options = [], stdio }) =>
  fireplot(['load', '--store', store, ...options, '--', ...files], stdio);

export const loadSample = (store, stdio) => load({ store, files: [SAMPLE], options: SAMPLE_OPTIONS, stdio });

/** A list of some of the sample's scanners, so that the fireplot has marks to show. */
const addExampleList = (store, stdio) =>
  fireplot(['intel', 'add', EXAMPLE_LIST, '--format', 'plain', '--name', 'example-list', '--store', store], stdio);

/**
 * The whole suite. `host` starts while the sample is being loaded.
 * @returns {Promise<{ingest: any, host: any, clickhouseUrl: string, loaded: number[], stop: () => Promise<void>}>}
 */
export async function startStack({
  store,
  port,
  serveOptions,
  grafanaHome,
  files = [],
  loadOptions = [],
  onLog,
  stdio,
}) {
  const ingest = await startIngest({ store, serveOptions, onLog });
  const clickhouseUrl = ingest.ready.http;
  const stop = [ingest.stop];
  try {
    const hosting = grafanaHome
      ? startGrafana({ home: grafanaHome, data: store, port, clickhouseUrl, onLog })
      : startWorkbench({ port, clickhouseUrl, onLog });
    const loading = (async () => {
      const codes = [];
      if (files.length > 0) codes.push(await load({ store, files, options: loadOptions, stdio }));
      else if ((await newestEvent(clickhouseUrl)) === null)
        codes.push(...(await Promise.all([loadSample(store, stdio), addExampleList(store, stdio)])));
      return codes;
    })();
    const [hosted, loaded] = await Promise.allSettled([hosting, loading]);
    if (hosted.status === 'fulfilled') stop.unshift(hosted.value.stop);
    for (const result of [hosted, loaded]) if (result.status === 'rejected') throw result.reason;
    const host = hosted.value;
    return { ingest, host, clickhouseUrl, loaded: loaded.value, stop: () => stopAll(stop) };
  } catch (error) {
    await stopAll(stop);
    throw error;
  }
}

async function stopAll(stops) {
  for (const stop of stops) await stop();
}

/** The page that shows the newest stored day. */
export async function firstPage(url, clickhouseUrl) {
  const newest = await newestEvent(clickhouseUrl);
  const [from, to] = newest === null ? ['now/d', 'now/d'] : dayOf(newest);
  return `${url}/d/fireplot-day/fireplot-a-day?from=${from}&to=${to}`;
}
