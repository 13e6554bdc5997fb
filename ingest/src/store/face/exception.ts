import type { Exception } from '../engine/exception.js';
import { parseException } from '../engine/exception.js';
import { StoreError } from '../error.js';

/** A refusal or failure as ClickHouse tells it over HTTP. `code` and `type` are ClickHouse's own. */
export class FaceError extends Error {
  override readonly name = 'FaceError';
  readonly code: number;
  readonly type: string;

  constructor(code: number, type: string, message: string) {
    super(message);
    this.code = code;
    this.type = type;
  }
}

const BAD_REQUEST = new Set([
  6, 26, 27, 33, 36, 38, 41, 43, 53, 62, 69, 70, 72, 130, 131, 153, 190, 376, 427, 456, 457, 675, 676,
]); // prettier-ignore
const NOT_FOUND = new Set([46, 47, 50, 56, 60, 63, 73, 81, 115, 124, 511]);
const FORBIDDEN = new Set([164, 192, 193, 194, 497, 516]);
const UNAVAILABLE = new Set([76, 202, 209, 439]);

/** HTTP status of an exception, as ClickHouse has it; but READONLY and ACCESS_DENIED are 403 and not 500. */
export function statusOf(code: number): number {
  if (BAD_REQUEST.has(code)) return 400;
  if (FORBIDDEN.has(code)) return 403;
  if (NOT_FOUND.has(code)) return 404;
  if (UNAVAILABLE.has(code)) return 503;
  if (code === 48) return 501;
  if (code === 159) return 408;
  if (code === 223 || code === 307) return 413;
  return 500;
}

/** Anything thrown on the way of a request as one exception; what is not the engine's is a logical error. */
export function toException(error: unknown): Exception {
  if (error instanceof FaceError) return { code: error.code, name: error.type, text: error.message };
  if (error instanceof StoreError && error.code === 241) {
    return { code: 241, name: 'MEMORY_LIMIT_EXCEEDED', text: error.message };
  }
  const found = parseException(error instanceof Error ? error.message : String(error));
  return found.code > 0 ? found : { code: 49, name: 'LOGICAL_ERROR', text: found.text };
}

/** The body of an error answer: clients look for `Code: N.` and the name in brackets at the end. */
export function exceptionText({ code, name, text }: Exception, version: string): string {
  return `Code: ${code}. DB::Exception: ${text} (${name}) (version ${version})\n`;
}
