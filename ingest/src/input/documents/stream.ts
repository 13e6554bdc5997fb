import { kindOf } from './detect.js';
import { Unpacker } from './unpacker.js';

/**
 * The same chunks, or, where they are JSON that holds many events in one value (Azure's records, CloudWatch's, an array, an
 * object over several lines), the lines that `Unpacker` makes of it. Told by the first bytes, as packed files are.
 */
export async function* unpackDocuments(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unpacking = new Unpacking();
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += SLICE) {
        const made = unpacking.push(chunk.subarray(at, at + SLICE));
        if (made.length > 0) yield made;
      }
    }
  } catch (error) {
    // What came before the damage is handed on, as it is without a document.
    const made = unpacking.end();
    if (made.length > 0) yield made;
    throw error;
  }
  const made = unpacking.end();
  if (made.length > 0) yield made;
}

/** So many bytes are unpacked before their lines are handed on. */
const SLICE = 64 * 1024;
const NOTHING = Buffer.alloc(0);

class Unpacking {
  /** The first bytes, while they do not tell what the source is. */
  #head: Buffer | undefined = NOTHING;
  #unpacker: Unpacker | undefined;
  #lines = '';

  push(bytes: Buffer): Buffer {
    if (this.#head === undefined) return this.#pass(bytes);
    const head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    this.#head = head;
    return this.#decide(head, false) ? this.#pass(head) : NOTHING;
  }

  end(): Buffer {
    const head = this.#head ?? NOTHING;
    if (head.length > 0) this.#decide(head, true);
    const passed = this.#pass(head);
    this.#unpacker?.end();
    return this.#unpacker === undefined ? passed : Buffer.concat([passed, this.#take()]);
  }

  #decide(head: Buffer, ended: boolean): boolean {
    const kind = kindOf(head, ended);
    if (kind === 'more') return false;
    this.#head = undefined;
    if (kind !== 'lines') this.#unpacker = new Unpacker(kind, (line) => (this.#lines += `${line}\n`));
    return true;
  }

  #pass(bytes: Buffer): Buffer {
    if (this.#unpacker === undefined) return bytes;
    this.#unpacker.push(bytes);
    return this.#take();
  }

  #take(): Buffer {
    const made = Buffer.from(this.#lines, 'latin1');
    this.#lines = '';
    return made;
  }
}
