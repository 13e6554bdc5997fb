import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/engine.js';
import { Limit } from '../limit.js';
import { identifier } from '../text.js';
import type { Answer } from './answer.js';
import { FaceError } from './exception.js';
import { formatFilters, parseFilters } from './filters.js';
import { Gate } from './gate.js';
import type { FaceRequest } from './request.js';
import { checkFormat, checkName } from './rules.js';
import type { ReadLimits } from './settings.js';
import { readSettings } from './settings.js';

/** Reads that may wait in line; more are turned away, as a server does. */
const MAX_WAITING = 200;
const KILL_EVERY_MS = 200;

/** Runs queries for readers: bounded in time, memory, answer and number, in sessions that cannot write. */
export class Reader {
  readonly #engine: Engine;
  readonly #gate: Gate;
  readonly #places: Limit;
  readonly #limits: ReadLimits;

  constructor(engine: Engine, maxReads: number, limits: ReadLimits) {
    this.#engine = engine;
    this.#gate = new Gate(engine);
    this.#places = new Limit(maxReads);
    this.#limits = limits;
  }

  /**
   * @param gone aborted when the client has left: the query is ended, or not begun
   * @throws FaceError, or the engine's error
   */
  async read(request: FaceRequest, sql: string, gone: AbortSignal): Promise<Answer> {
    if (this.#places.waiting >= MAX_WAITING) {
      throw new FaceError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', `${MAX_WAITING} queries are waiting already`);
    }
    return this.#places.run(async () => {
      gone.throwIfAborted();
      const admitted = await this.#gate.admit(sql);
      for (const name of admitted.identifiers) checkName(request.params.get(name) ?? '');
      const settings = await this.#settings(request);
      const format = admitted.format || request.defaultFormat || 'TabSeparated';
      checkFormat(format);
      return this.#run(request, admitted.sql, settings, format, gone);
    });
  }

  async #settings(request: FaceRequest): Promise<Record<string, string>> {
    const settings = readSettings(request.settings, this.#limits);
    const { additional_table_filters: filters, additional_result_filter: filter } = settings;
    if (filters !== undefined) {
      const pairs = parseFilters(filters);
      for (const [, expression] of pairs) await this.#gate.admitExpression(expression);
      settings['additional_table_filters'] = formatFilters(pairs);
    }
    if (filter !== undefined && filter !== '') await this.#gate.admitExpression(filter);
    for (const [name, value] of request.params) settings[`param_${name}`] = value;
    return settings;
  }

  async #run(
    request: FaceRequest,
    sql: string,
    settings: Record<string, string>,
    format: string,
    gone: AbortSignal
  ): Promise<Answer> {
    const session = this.#engine.session(settings);
    // The only handle by which another session can tell this query from the rest.
    const mark = `/*${randomUUID()}*/`;
    let killer: NodeJS.Timeout | undefined;
    const kill = (): void => {
      this.#engine.kill(mark);
      // Again until it has ended: the query may not have begun when the first one came.
      killer ??= setInterval(() => this.#engine.kill(mark), KILL_EVERY_MS);
    };
    try {
      if (request.database) session.query(`USE ${identifier(request.database)}`);
      session.query('SET ROLE viewer');
      session.query('SET readonly = 1');
      gone.addEventListener('abort', kill);
      gone.throwIfAborted();
      const result = await session.queryAsync(`${mark} ${sql}`, { format });
      const { rowsRead, bytesRead, elapsed } = result;
      return {
        bytes: result.bytes(),
        format,
        summary: { readRows: rowsRead, readBytes: bytesRead, writtenRows: 0, seconds: elapsed },
      };
    } finally {
      gone.removeEventListener('abort', kill);
      clearInterval(killer);
      session.close();
    }
  }
}
