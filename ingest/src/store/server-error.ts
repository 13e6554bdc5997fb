import { parseException } from './engine/exception.js';
import type { StoreErrorKind } from './error.js';
import { StoreError } from './error.js';

/** ClickHouse: UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, AUTHENTICATION_FAILED. */
const AUTH = new Set([192, 193, 194, 516]);

const REFUSED = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
]);

/**
 * Turns whatever the client threw into one sentence with a kind.
 *
 * @param attempt what was tried, as the start of a sentence
 * @param url where, without password
 */
export function serverError(attempt: string, url: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const { kind, text, code } = classify(cause, url);
  return new StoreError(kind, `${attempt}: ${text}`, { cause, code });
}

function classify(error: unknown, url: string): { kind: StoreErrorKind; text: string; code: number } {
  const message = error instanceof Error ? error.message : String(error);
  const server = serverCode(error, message);
  if (AUTH.has(server.code)) {
    return {
      kind: 'auth',
      code: server.code,
      text: `ClickHouse at ${url} refuses the user or password in CLICKHOUSE_URL`,
    };
  }
  if (server.code > 0) return { kind: 'query', code: server.code, text: server.text };
  const system = systemCode(error);
  if (system.startsWith('ERR_TLS') || system.includes('CERT') || system === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') {
    const text = `the certificate of ${url} is not trusted (${system}): add its authority with NODE_EXTRA_CA_CERTS`;
    return { kind: 'tls', code: 0, text };
  }
  if (system === 'EPROTO' || system.startsWith('ERR_SSL')) {
    return { kind: 'tls', code: 0, text: `${url} does not speak TLS: is it http instead of https, or another port?` };
  }
  if (system.startsWith('HPE_'))
    return { kind: 'url', code: 0, text: `${url} does not speak HTTP: use ClickHouse's HTTP port` };
  if (REFUSED.has(system)) return { kind: 'away', code: 0, text: `ClickHouse at ${url} does not answer (${system})` };
  if (/timeout/i.test(message)) return { kind: 'away', code: 0, text: `ClickHouse at ${url} does not answer in time` };
  return { kind: 'query', code: 0, text: `ClickHouse at ${url} answered ${JSON.stringify(message.slice(0, 200))}` };
}

/** The client parses ClickHouse's own errors into code and type, and leaves others as they came. */
function serverCode(error: unknown, message: string): { code: number; text: string } {
  const { code, type } = error as { code?: unknown; type?: unknown };
  if (typeof type === 'string' && /^\d+$/.test(String(code)))
    return { code: Number(code), text: `${message.trim()} (${type})` };
  const { code: parsed, name, text } = parseException(message);
  return { code: parsed, text: name ? `${text} (${name})` : text };
}

/** Node's error code, also from inside an AggregateError (one per address tried). */
function systemCode(error: unknown): string {
  const { code, errors, cause } = error as { code?: unknown; errors?: unknown[]; cause?: unknown };
  if (typeof code === 'string' && code) return code;
  if (Array.isArray(errors) && errors.length > 0) return systemCode(errors[0]);
  return cause === undefined ? '' : systemCode(cause);
}
