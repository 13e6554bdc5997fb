#!/usr/bin/env node
// npm start [-- options] [FILE…]: installs and builds what is missing, starts everything, prints where to look.
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildStale } from './lib/parts.mjs';
import { isFree } from './lib/ports.mjs';
import { fail, note } from './lib/say.mjs';
import { install, requireGo, requireNode, ROOT } from './lib/tools.mjs';

const HELP = `npm start [-- OPTIONS] [FILE…]

Starts ingest with the embedded store, the data source's backend and the workbench (or the Grafana that
GRAFANA_HOME names), and loads FILEs, or the sample day into an empty store.

  --port N        where to look             (FIREPLOT_PORT, 3000)
  --syslog PORT   syslog, UDP and TCP       (FIREPLOT_SYSLOG, 5514, all interfaces)
  --http PORT     ClickHouse's interface    (FIREPLOT_HTTP, 8123, or the next free one)
  --health PORT   health and metrics        (FIREPLOT_HEALTH, 9464)
  --store DIR     where the data lies       (FIREPLOT_STORE, ./data)
  --allow CIDR    also take syslog from there; private, link-local and loopback senders always may. Repeatable.
  --own CIDR      your own network: what it sends itself is hidden until asked for. Repeatable.
  --timezone ZONE, --year YYYY, --dialect NAME   how to read FILEs
  --verbose       the services' logs on stderr
`;

function options() {
  const text = { type: 'string' };
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        ...{
          port: text,
          syslog: text,
          http: text,
          health: text,
          store: text,
          timezone: text,
          year: text,
          dialect: text,
        },
        allow: { type: 'string', multiple: true },
        own: { type: 'string', multiple: true },
        verbose: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return fail(`${error.message.split('. ')[0]}: npm start -- --help lists the options.`);
  }
}

function portOf(name, text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    fail(`--${name} ${text} is no port: give a number from 1 to 65535.`);
  return port;
}

requireNode();
const { values, positionals } = options();
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const port = portOf('port', values.port ?? process.env.FIREPLOT_PORT ?? '3000');
const syslog = portOf('syslog', values.syslog ?? process.env.FIREPLOT_SYSLOG ?? '5514');
const http = portOf('http', values.http ?? process.env.FIREPLOT_HTTP ?? '8123');
const health = portOf('health', values.health ?? process.env.FIREPLOT_HEALTH ?? '9464');
const store = path.resolve(values.store ?? process.env.FIREPLOT_STORE ?? path.join(ROOT, 'data'));

for (const file of positionals)
  if (!existsSync(file)) fail(`${file} does not exist, so it cannot be loaded: check the path.`);
if (!(await isFree(port)))
  fail(
    `Port ${port} on 127.0.0.1 is in use, so there is no place for the page: stop what listens there, or give another with --port.`
  );
install();
await buildStale({ needGo: requireGo });

const { firstPage, startStack } = await import('./lib/stack.mjs');
const loadOptions = ['timezone', 'year', 'dialect'].flatMap((name) =>
  values[name] ? [`--${name}`, values[name]] : []
);
const serveOptions = [
  ...['--syslog', `0.0.0.0:${syslog}`, '--http', String(http), '--health', String(health)],
  ...['allow', 'own'].flatMap((name) => (values[name] ?? []).flatMap((range) => [`--${name}`, range])),
];

let stack;
let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await stack?.stop();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());

try {
  stack = await startStack({
    ...{ store, port, serveOptions, loadOptions, files: positionals },
    grafanaHome: process.env.GRAFANA_HOME,
    onLog: values.verbose ? note : () => {},
    stdio: ['ignore', 2, 2],
  });
} catch (error) {
  if (!stopping) fail(error.message, 2);
}
if (!stopping) {
  const address = Object.values(os.networkInterfaces())
    .flat()
    .find((each) => each.family === 'IPv4' && !each.internal)?.address;
  process.stdout.write(
    [
      `look    ${await firstPage(stack.host.ready.url, stack.clickhouseUrl)}`,
      `syslog  ${address ?? '127.0.0.1'}:${syslog} UDP and TCP`,
      `data    ${store}`,
      '',
    ].join('\n')
  );
  for (const service of [stack.ingest, stack.host]) {
    void service.exited.then((code) => {
      if (stopping) return;
      note(`${service.name} ended by itself with exit code ${code}: run again with --verbose to see why.`);
      stopping = true;
      void stack.stop().then(() => process.exit(1));
    });
  }
}
