import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendAnswer, sendException } from './answer.js';
import { readBody } from './body.js';
import { FaceError } from './exception.js';
import { checkOrigin, mayWrite } from './guard.js';
import type { Reader } from './read.js';
import type { FaceRequest } from './request.js';
import { parseRequest } from './request.js';
import type { Writer } from './write.js';
import { MAX_QUERY_BYTES } from './gate.js';

export interface Handling {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly token: string;
  /** The engine's version, for error texts. */
  readonly version: string;
}

/** Answers one request the way ClickHouse does. Never throws: failures are answers. */
export async function handle(message: IncomingMessage, response: ServerResponse, handling: Handling): Promise<void> {
  response.setHeader('X-ClickHouse-Server-Display-Name', 'fireplot');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  const gone = new AbortController();
  response.on('close', () => response.writableFinished || gone.abort());
  try {
    checkOrigin(message);
    const { pathname } = new URL(message.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/ping') return sendOk(response);
    if (pathname !== '/') throw new FaceError(60, 'UNKNOWN_TABLE', `there is no ${pathname} here: queries go to /`);
    await answerQuery(message, response, handling, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) sendException(response, error, handling.version);
  }
}

async function answerQuery(
  message: IncomingMessage,
  response: ServerResponse,
  handling: Handling,
  gone: AbortSignal
): Promise<void> {
  const request = parseRequest(message);
  response.setHeader('X-ClickHouse-Query-Id', request.queryId);
  response.setHeader('X-ClickHouse-Timezone', 'UTC');
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
    throw new FaceError(48, 'NOT_IMPLEMENTED', `${request.method} is not supported: use GET or POST`);
  }
  if (mayWrite(request, handling.token) && request.method === 'POST') {
    return sendAnswer(message, response, await handling.writer.write(message, request), request.compress);
  }
  const sql = await readStatement(message, request);
  if (!sql) return sendOk(response);
  return sendAnswer(message, response, await handling.reader.read(request, sql, gone), request.compress);
}

/** URL and body together are the statement; '' when there is none, which a browser sends. */
async function readStatement(message: IncomingMessage, request: FaceRequest): Promise<string> {
  const body = request.method === 'POST' ? (await readBody(message, MAX_QUERY_BYTES)).toString('utf8') : '';
  const sql = [request.query, body].filter(Boolean).join('\n');
  if (!sql.trim() && request.method === 'POST') throw new FaceError(62, 'SYNTAX_ERROR', 'the query is empty');
  return sql;
}

function sendOk(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=UTF-8' });
  response.end('Ok.\n');
}
