import { packerOf, Source } from '../source.js';
import { HEAD_BYTES } from './before.js';
import { openFile } from './plain.js';

/** How a file begins. */
export interface Peek {
  readonly packed: boolean;
  /** The first bytes, unpacked. */
  readonly head: Buffer;
}

/** @throws InputError when it is packed in a way that is not unpacked here, the system's error when it cannot be read */
export async function peek(path: string): Promise<Peek> {
  const file = await openFile(path);
  let head: Buffer;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
  if (packerOf(head) === undefined) return { packed: false, head };
  return { packed: true, head: await unpackedHead(path) };
}

async function unpackedHead(path: string): Promise<Buffer> {
  const source = new Source(path);
  let head: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of source.chunks()) {
      head = Buffer.concat([head, chunk]);
      if (head.length >= HEAD_BYTES) break;
    }
  } finally {
    source.close();
  }
  return head.subarray(0, HEAD_BYTES);
}
