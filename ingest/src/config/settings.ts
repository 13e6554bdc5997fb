import { DIALECTS } from '../dialect/index.js';
import { parseNetwork } from '../enrich/networks.js';
import { parseEndpoint, parseHost } from '../input/endpoint.js';
import type { Endpoint } from '../input/endpoint.js';
import { DEFAULT_LINE_LIMIT } from '../input/lines.js';
import { AUTO, checkDialect } from '../read/dialects.js';
import { systemZone, Zone } from '../read/zone.js';
import { many, one, oneOf, wholeNumber } from './setting.js';
import { DETECTION_SETTINGS } from './settings/detection.js';
import { INTEL_SETTINGS } from './settings/intel.js';
import { FILE_SETTINGS } from './settings/files.js';
import { NEIGHBOUR_SETTINGS } from './settings/neighbours.js';
import { NETWORK_SETTINGS } from './settings/network.js';
import { SPOOL_SETTINGS } from './settings/spool.js';
import { OPERATION_SETTINGS, SECRET_SETTINGS } from './settings/operation.js';

const LOOPBACK = '127.0.0.1';
const OFF = 'off';
/** Where syslog is taken; without an address, where `--listen` says. */
export interface SyslogPlace {
  readonly host: string | undefined;
  readonly port: number;
}

const plain = (text: string): string => text;

/** An endpoint, or undefined for `off`. */
const endpointOrOff = (text: string): Endpoint | undefined =>
  text === OFF ? undefined : parseEndpoint(text, LOOPBACK);

/**
 * Everything that can be set, in the order of --help. Precedence: option, variable, config file, default.
 * fireplot.example.yaml shows all that a file may say; a test holds the two together.
 */
export const SETTINGS = {
  config: one(
    {
      flags: '--config <file>',
      variable: 'FIREPLOT_CONFIG',
      about: 'config file, YAML or JSON',
      fallbackWords: 'fireplot.yaml, if there is one',
    },
    () => undefined as string | undefined,
    plain
  ),
  store: one(
    {
      flags: '--store <folder>',
      variable: 'FIREPLOT_STORE',
      path: 'store',
      folder: true,
      about: 'folder of the embedded store',
    },
    () => './data',
    plain
  ),
  clickhouseUrl: one(
    {
      flags: '--clickhouse-url <url>',
      variable: 'CLICKHOUSE_URL',
      path: 'clickhouse.url',
      secret: true,
      about: 'a ClickHouse server instead of the embedded store, http[s]://user@host:port',
      fallbackWords: 'none',
    },
    () => '',
    plain
  ),
  clickhousePassword: one(
    { variable: 'CLICKHOUSE_PASSWORD', path: 'clickhouse.password', secret: true, about: "the server user's password" },
    () => '',
    plain
  ),
  ...SECRET_SETTINGS,
  syslog: one(
    {
      flags: '--syslog <[address:]port>',
      variable: 'FIREPLOT_SYSLOG',
      path: 'syslog.listen',
      offable: true,
      about: 'syslog over UDP and TCP; off for none',
      fallbackWords: '5514',
    },
    (): SyslogPlace | undefined => ({ host: undefined, port: 5514 }),
    (text) => {
      if (text === OFF) return undefined;
      const { host, port } = parseEndpoint(text, LOOPBACK);
      return { host: /^\d+$/.test(text) ? undefined : host, port };
    }
  ),
  listen: one(
    {
      flags: '--listen <address>',
      variable: 'FIREPLOT_LISTEN',
      path: 'syslog.address',
      about: "address for --syslog's port; * for all",
      fallbackWords: LOOPBACK,
    },
    () => LOOPBACK,
    parseHost
  ),
  allow: many(
    {
      flags: '--allow <network>',
      variable: 'FIREPLOT_ALLOW',
      path: 'syslog.allow',
      about: 'may send syslog too; private, link-local and loopback addresses always may',
    },
    parseNetwork
  ),
  maxConnections: one(
    { variable: 'FIREPLOT_MAX_CONNECTIONS', path: 'syslog.max_connections', about: 'TCP connections at once' },
    () => 512,
    (text) => wholeNumber(text, 1, 100_000, 'connections')
  ),
  idleSeconds: one(
    {
      variable: 'FIREPLOT_IDLE_SECONDS',
      path: 'syslog.idle_seconds',
      about: 'a TCP connection silent for so long is closed',
    },
    () => 3_600,
    (text) => wholeNumber(text, 1, 1_000_000, 'seconds')
  ),
  ...FILE_SETTINGS,
  ...NETWORK_SETTINGS,
  http: one(
    {
      flags: '--http <port>',
      variable: 'FIREPLOT_HTTP',
      path: 'http',
      about: "ClickHouse's HTTP interface of the embedded store on 127.0.0.1, the next free port if taken",
    },
    () => 8123,
    (text) => wholeNumber(text, 0, 65_535, 'a port')
  ),
  health: one(
    {
      flags: '--health <[address:]port>',
      variable: 'FIREPLOT_HEALTH',
      path: 'health',
      offable: true,
      about: '/healthz, /readyz and /metrics; off for none',
      fallbackWords: `${LOOPBACK}:9464`,
    },
    (): Endpoint | undefined => ({ host: LOOPBACK, port: 9464 }),
    endpointOrOff
  ),
  ...OPERATION_SETTINGS,
  ...DETECTION_SETTINGS,
  ...INTEL_SETTINGS,
  ...NEIGHBOUR_SETTINGS,
  dialect: one(
    {
      flags: '--dialect <name>',
      variable: 'FIREPLOT_DIALECT',
      path: 'read.dialect',
      about: `how lines are written: ${[AUTO, ...DIALECTS.map(({ name }) => name)].join(', ')}, or mapping:NAME of the config`,
    },
    () => AUTO,
    checkDialect
  ),
  timezone: one(
    {
      flags: '--timezone <zone>',
      variable: 'FIREPLOT_TIMEZONE',
      path: 'read.timezone',
      about: 'IANA zone of stamps that name none',
      fallbackWords: "this machine's",
    },
    systemZone,
    (text) => new Zone(text).name
  ),
  year: one(
    {
      flags: '--year <yyyy>',
      variable: 'FIREPLOT_YEAR',
      path: 'read.year',
      about: 'year of stamps without one',
      fallbackWords: "the one nearest before the file's date",
    },
    () => undefined as number | undefined,
    (text) => wholeNumber(text, 1970, 2105, 'a year')
  ),
  sensor: one(
    { flags: '--sensor <name>', about: 'sensor of lines that name no host', fallbackWords: "the file's name" },
    () => undefined as string | undefined,
    plain
  ),
  lineLimit: one(
    {
      flags: '--line-limit <bytes>',
      variable: 'FIREPLOT_LINE_LIMIT',
      path: 'read.line_limit',
      about: 'longest line that is read',
    },
    () => DEFAULT_LINE_LIMIT,
    (text) => wholeNumber(text, 256, 1024 * 1024, 'bytes')
  ),
  own: many(
    {
      flags: '--own <network>',
      variable: 'FIREPLOT_OWN',
      path: 'networks.own',
      about: 'protected network: its own packets are drawn only on request',
    },
    parseNetwork
  ),
  ...SPOOL_SETTINGS,
  logLevel: one(
    {
      flags: '--log-level <level>',
      variable: 'FIREPLOT_LOG_LEVEL',
      path: 'log.level',
      about: 'debug, info, warn or error',
    },
    () => 'info' as const,
    (text) => oneOf(text, ['debug', 'info', 'warn', 'error'] as const)
  ),
  logFormat: one(
    {
      flags: '--log-format <format>',
      variable: 'FIREPLOT_LOG_FORMAT',
      path: 'log.format',
      about: 'json or pretty',
      fallbackWords: 'pretty on a terminal',
    },
    () => (process.stderr.isTTY ? ('pretty' as const) : ('json' as const)),
    (text) => oneOf(text, ['json', 'pretty'] as const)
  ),
};

export type Settings = { [Name in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[Name]['parse']> };
export type SettingName = keyof typeof SETTINGS;
