import { createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Engine } from '../engine/engine.js';
import { inboxOf } from '../engine/engine.js';
import { Limit } from '../limit.js';
import { EMBEDDED_INSERT_SETTINGS } from '../settings.js';
import { identifier } from '../text.js';
import type { Answer } from './answer.js';
import { bodyStream, readBody } from './body.js';
import { FaceError } from './exception.js';
import { insertFromFile } from './insert.js';
import type { FaceRequest } from './request.js';

/** Statements that are not inserts of rows, and inserts without a format, stay in memory. */
const MAX_TEXT_BYTES = 16 * 2 ** 20;

/** Runs statements of whoever holds the token: another command of the same user. */
export class Writer {
  readonly #engine: Engine;
  readonly #places: Limit;
  readonly #underWay = new Set<Promise<Answer>>();
  #files = 0;

  constructor(engine: Engine, maxWrites: number) {
    this.#engine = engine;
    this.#places = new Limit(maxWrites);
  }

  write(message: IncomingMessage, request: FaceRequest): Promise<Answer> {
    const writing = this.#write(message, request);
    this.#underWay.add(writing);
    return writing.finally(() => this.#underWay.delete(writing));
  }

  /** Resolves when what is under way now has ended, well or not. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  async #write(message: IncomingMessage, request: FaceRequest): Promise<Answer> {
    const file = path.join(inboxOf(this.#engine.folder), `face-${++this.#files}`);
    const insert = insertFromFile(request.query, file);
    try {
      if (insert !== undefined) {
        // Rows go to the file as they come: a batch never lies in memory here.
        await pipeline(bodyStream(message), createWriteStream(file));
        return await this.#places.run(() => this.#run(request, insert));
      }
      const body = (await readBody(message, MAX_TEXT_BYTES)).toString('utf8');
      const sql = [request.query, body].filter(Boolean).join('\n');
      if (!sql.trim()) throw new FaceError(62, 'SYNTAX_ERROR', 'the query is empty');
      return await this.#places.run(() => this.#run(request, sql));
    } finally {
      await unlink(file).catch(() => undefined);
    }
  }

  async #run(request: FaceRequest, sql: string): Promise<Answer> {
    const params = [...request.params].map(([name, value]) => [`param_${name}`, value] as const);
    const settings = { ...EMBEDDED_INSERT_SETTINGS, ...Object.fromEntries([...request.settings, ...params]) };
    const session = this.#engine.session(settings);
    const format = request.defaultFormat || 'TabSeparated';
    try {
      if (request.database) session.query(`USE ${identifier(request.database)}`);
      const result = await session.queryAsync(sql, { format });
      const { rowsRead, bytesRead, elapsed } = result;
      return {
        bytes: result.bytes(),
        format,
        summary: { readRows: rowsRead, readBytes: bytesRead, writtenRows: rowsRead, seconds: elapsed },
      };
    } finally {
      session.close();
    }
  }
}
