import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, deflate, gzip } from 'node:zlib';
import { exceptionText, statusOf, toException } from './exception.js';

/** What a query came to. */
export interface Answer {
  readonly bytes: Uint8Array;
  /** Output format, e.g. Native. */
  readonly format: string;
  readonly summary: Summary;
}

export interface Summary {
  readonly readRows: number;
  readonly readBytes: number;
  readonly writtenRows: number;
  readonly seconds: number;
}

const TYPES: Readonly<Record<string, string>> = {
  CSV: 'text/csv; charset=UTF-8; header=absent',
  CSVWithNames: 'text/csv; charset=UTF-8; header=present',
  CSVWithNamesAndTypes: 'text/csv; charset=UTF-8; header=present',
  TabSeparated: 'text/tab-separated-values; charset=UTF-8',
  TabSeparatedWithNames: 'text/tab-separated-values; charset=UTF-8',
  TabSeparatedWithNamesAndTypes: 'text/tab-separated-values; charset=UTF-8',
  TSV: 'text/tab-separated-values; charset=UTF-8',
  Native: 'application/octet-stream',
  RowBinary: 'application/octet-stream',
  Parquet: 'application/octet-stream',
  ArrowStream: 'application/octet-stream',
};

/** Never a type that a browser would run or render. */
function contentType(format: string): string {
  return TYPES[format] ?? (format.startsWith('JSON') ? 'application/json; charset=UTF-8' : 'text/plain; charset=UTF-8');
}

const compressors = {
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 3 }),
  deflate: (bytes: Uint8Array) => promisify(deflate)(bytes, { level: 3 }),
  br: (bytes: Uint8Array) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
} as const;

/** Below this the answer fits a packet and compressing gains nothing. */
const WORTH_COMPRESSING = 1_024;

function encodingFor(message: IncomingMessage): keyof typeof compressors | undefined {
  const accepted = String(message.headers['accept-encoding'] ?? '')
    .split(',')
    .map((part) => part.split(';')[0]?.trim());
  return (['gzip', 'deflate', 'br'] as const).find((name) => accepted.includes(name));
}

export async function sendAnswer(
  message: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  compress: boolean
): Promise<void> {
  const encoding = compress && answer.bytes.length >= WORTH_COMPRESSING ? encodingFor(message) : undefined;
  const bytes = encoding ? await compressors[encoding](answer.bytes) : answer.bytes;
  if (response.destroyed) return;
  if (encoding) response.setHeader('Content-Encoding', encoding);
  response.writeHead(200, {
    'Content-Type': contentType(answer.format),
    'Content-Length': bytes.length,
    'X-ClickHouse-Format': answer.format,
    'X-ClickHouse-Summary': summaryText(answer.summary),
  });
  response.end(message.method === 'HEAD' ? undefined : bytes);
}

export function sendException(response: ServerResponse, error: unknown, version: string): void {
  if (response.headersSent || response.destroyed) return;
  const exception = toException(error);
  response.writeHead(statusOf(exception.code), {
    'Content-Type': 'text/plain; charset=UTF-8',
    'X-ClickHouse-Exception-Code': String(exception.code),
    // The body may not have been read: the connection cannot be used again then.
    ...(response.req.complete ? {} : { Connection: 'close' }),
  });
  response.end(exceptionText(exception, version));
}

function summaryText({ readRows, readBytes, writtenRows, seconds }: Summary): string {
  return JSON.stringify({
    read_rows: String(readRows),
    read_bytes: String(readBytes),
    written_rows: String(writtenRows),
    written_bytes: '0',
    total_rows_to_read: '0',
    result_rows: '0',
    result_bytes: '0',
    elapsed_ns: String(Math.round(seconds * 1e9)),
  });
}
