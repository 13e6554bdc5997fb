import type { IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';
import { isName } from '../text.js';
import { FaceError } from './exception.js';

/** One HTTP request, its parts sorted; nothing is checked against the engine yet. */
export interface FaceRequest {
  readonly method: string;
  /** The URL's `query`; for an INSERT the body holds the rows, otherwise the rest of the statement. */
  readonly query: string;
  /** Values of `param_*`, by name, as ClickHouse expects them. */
  readonly params: ReadonlyMap<string, string>;
  /** Every other parameter: settings. */
  readonly settings: ReadonlyMap<string, string>;
  readonly database: string;
  readonly defaultFormat: string;
  readonly queryId: string;
  readonly user: string;
  readonly password: string;
  /** The client wants compressed answers (`enable_http_compression`); Accept-Encoding says how. */
  readonly compress: boolean;
}

/** Parameters of ClickHouse's HTTP interface that have no meaning for one query without a session. */
const IGNORED = new Set([
  'buffer_size',
  'http_zlib_compression_level',
  'quota_key',
  'stacktrace',
  'query_id',
  'wait_end_of_query',
]);

/** @throws FaceError for what this interface does not have */
export function parseRequest(message: IncomingMessage): FaceRequest {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  const params = new Map<string, string>();
  const settings = new Map<string, string>();
  const own = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (name.startsWith('param_')) params.set(checkedName(name.slice('param_'.length), 'parameter'), value);
    else if (OWN.has(name)) own.set(name, value);
    else if (REFUSED.has(name)) refuse(name, value);
    else if (!IGNORED.has(name)) settings.set(checkedName(name, 'setting'), value);
  }
  const { user, password } = credentials(message, own);
  return {
    method: message.method ?? 'GET',
    query: own.get('query') ?? '',
    params,
    settings,
    database: own.get('database') ?? header(message, 'x-clickhouse-database'),
    defaultFormat: checkedFormat(own.get('default_format') ?? header(message, 'x-clickhouse-format')),
    queryId: printable(url.searchParams.get('query_id') ?? '') || randomUUID(),
    user,
    password,
    compress: ['1', 'true'].includes(own.get('enable_http_compression') ?? ''),
  };
}

const OWN = new Set(['query', 'database', 'default_format', 'user', 'password', 'enable_http_compression']);

const REFUSED = new Set([
  'session_id',
  'session_check',
  'session_timeout',
  'compress',
  'decompress',
  'client_protocol_version',
  'role',
]);

function refuse(name: string, value: string): void {
  // Clients that name a protocol revision other than 0 would not understand our Native blocks.
  if (value === '' || value === '0') return;
  throw new FaceError(48, 'NOT_IMPLEMENTED', `${name} is not supported by the embedded store's HTTP interface`);
}

/** ClickHouse's headers first, then HTTP's own, then the URL. A bearer token stands for the writer's password. */
function credentials(message: IncomingMessage, own: ReadonlyMap<string, string>): { user: string; password: string } {
  const user = header(message, 'x-clickhouse-user');
  const key = header(message, 'x-clickhouse-key');
  if (user || key) return { user, password: key };
  const [scheme = '', value = ''] = header(message, 'authorization').split(' ');
  if (scheme.toLowerCase() === 'bearer') return { user: 'fireplot-writer', password: value };
  if (scheme.toLowerCase() === 'basic') {
    const text = Buffer.from(value, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return { user: text.slice(0, Math.max(0, colon)), password: text.slice(colon + 1) };
  }
  return { user: own.get('user') ?? '', password: own.get('password') ?? '' };
}

function header(message: IncomingMessage, name: string): string {
  const value = message.headers[name];
  return typeof value === 'string' ? value : '';
}

function checkedName(name: string, what: string): string {
  if (isName(name)) return name;
  throw new FaceError(36, 'BAD_ARGUMENTS', `${JSON.stringify(name)} is not the name of a ${what}`);
}

function checkedFormat(name: string): string {
  if (name === '' || isName(name)) return name;
  throw new FaceError(73, 'UNKNOWN_FORMAT', `${JSON.stringify(name)} is not the name of a format`);
}

/** What may stand in a header; the id is only echoed. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '').slice(0, 200);
}
