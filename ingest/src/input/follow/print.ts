import { createHash } from 'node:crypto';

/** A file is known again by so many of its first bytes, and of those before the place up to which it was read. */
export const PRINT_BYTES = 512;

/** A short hash of some of a file's bytes. */
export function printOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}

export const printLength = (offset: number): number => Math.min(PRINT_BYTES, offset);
