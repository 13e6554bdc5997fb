import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FaceError } from './exception.js';

/** The body, decompressed when Content-Encoding says so. @throws FaceError for an encoding that is not known */
export function bodyStream(message: IncomingMessage): Readable {
  const encoding = message.headers['content-encoding'] ?? 'identity';
  if ((message.headers['content-type'] ?? '').startsWith('multipart/')) {
    throw new FaceError(48, 'NOT_IMPLEMENTED', 'multipart bodies are not supported by the embedded store');
  }
  if (encoding === 'identity' || encoding === '') return message;
  const decoder =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'deflate'
        ? createInflate()
        : encoding === 'br'
          ? createBrotliDecompress()
          : undefined;
  if (!decoder) throw new FaceError(48, 'NOT_IMPLEMENTED', `the content encoding ${encoding} is not supported`);
  message.on('error', (error) => decoder.destroy(error));
  return message.pipe(decoder);
}

/** The whole body as bytes. @throws FaceError over `most` bytes, or when it cannot be decompressed */
export async function readBody(message: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of bodyStream(message)) {
      size += (chunk as Buffer).length;
      if (size > most) throw new FaceError(307, 'QUERY_IS_TOO_LARGE', `the body is longer than ${most} bytes`);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof FaceError) throw error;
    throw new FaceError(354, 'ZLIB_INFLATE_FAILED', `the body cannot be read: ${String(error)}`);
  }
  return Buffer.concat(chunks);
}
