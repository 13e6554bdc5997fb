import type { Engine } from '../engine/engine.js';
import { parseException, textBefore } from '../engine/exception.js';
import { literal } from '../text.js';
import { FaceError } from './exception.js';
import { checkRead, formatOf, identifierParams } from './rules.js';
import { tokenize } from './tokens.js';

/** A statement that may be run for a reader. */
export interface Admitted {
  /** The statement as the engine itself writes it, without comments: what was checked is what runs. */
  readonly sql: string;
  /** Format the statement names; '' when it names none. */
  readonly format: string;
  /** Parameters of type Identifier: their values must be checked too. */
  readonly identifiers: readonly string[];
}

const REMEMBERED = 500;
/** Longer statements are rare, and checked each time. */
const REMEMBERED_LENGTH = 16_384;
/** Bytes of a statement; ClickHouse's own limit. */
export const MAX_QUERY_BYTES = 262_144;

/**
 * Lets plain reads through. The engine's own parser makes the text canonical (one statement, no comments, one way
 * of quoting), so that nothing can hide from the rules. Dashboards repeat themselves: verdicts are remembered.
 */
export class Gate {
  readonly #engine: Engine;
  readonly #admitted = new Map<string, Admitted>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** @throws FaceError SYNTAX_ERROR, READONLY or QUERY_IS_TOO_LARGE */
  async admit(sql: string): Promise<Admitted> {
    const known = this.#admitted.get(sql);
    if (known) return known;
    const text = await this.#canonical(sql);
    const tokens = tokenize(text);
    checkRead(tokens);
    const admitted = { sql: text, format: formatOf(tokens), identifiers: identifierParams(tokens) };
    if (sql.length > REMEMBERED_LENGTH) return admitted;
    if (this.#admitted.size >= REMEMBERED) this.#admitted.delete(this.#admitted.keys().next().value as string);
    this.#admitted.set(sql, admitted);
    return admitted;
  }

  /** An expression that becomes part of a query, such as a value of additional_table_filters. */
  async admitExpression(expression: string): Promise<void> {
    await this.admit(`SELECT 1 WHERE (${expression}\n)`);
  }

  async #canonical(sql: string): Promise<string> {
    if (Buffer.byteLength(sql) > MAX_QUERY_BYTES) {
      throw new FaceError(307, 'QUERY_IS_TOO_LARGE', `the query is longer than ${MAX_QUERY_BYTES} bytes`);
    }
    // Its text as a literal may be twice as long.
    const session = this.#engine.session({ max_query_size: 4 * MAX_QUERY_BYTES, max_execution_time: 5, readonly: 1 });
    try {
      const answer = await session.queryAsync(`SELECT formatQuerySingleLine(${literal(sql)})`, { format: 'TSVRaw' });
      return answer.text().replace(/\n$/, '');
    } catch (error) {
      const { code, name, text } = parseException(error instanceof Error ? error.message : String(error));
      // The engine quotes our own SELECT around the text: leave that out.
      throw new FaceError(code || 62, name || 'SYNTAX_ERROR', textBefore(text, 'In scope SELECT formatQuery'));
    } finally {
      session.close();
    }
  }
}
