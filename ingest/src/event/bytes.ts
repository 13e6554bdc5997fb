/**
 * Writing ClickHouse's RowBinary straight into bytes: each function writes at `p` and returns the position behind it.
 * The caller reserves room beforehand; nothing here allocates. Strings hold one character a byte (latin1), so that
 * what was received goes out unchanged, be it valid UTF-8 or not.
 */

export function uint8(bytes: Uint8Array, p: number, value: number): number {
  bytes[p] = value;
  return p + 1;
}

export function uint16(bytes: Uint8Array, p: number, value: number): number {
  bytes[p] = value;
  bytes[p + 1] = value >>> 8;
  return p + 2;
}

export function uint32(bytes: Uint8Array, p: number, value: number): number {
  bytes[p] = value;
  bytes[p + 1] = value >>> 8;
  bytes[p + 2] = value >>> 16;
  bytes[p + 3] = value >>> 24;
  return p + 4;
}

const UINT32 = 0x1_0000_0000;

/** A whole number from 0 to 2^53-1; also DateTime64 of times since 1970. */
export function uint64(bytes: Uint8Array, p: number, value: number): number {
  const high = Math.floor(value / UINT32);
  return uint32(bytes, uint32(bytes, p, value - high * UINT32), high);
}

/** A Nullable number: negative is NULL, which has no more bytes than its mark. */
export function nullable8(bytes: Uint8Array, p: number, value: number): number {
  if (value < 0) return uint8(bytes, p, 1);
  return uint8(bytes, uint8(bytes, p, 0), value);
}

export function nullable16(bytes: Uint8Array, p: number, value: number): number {
  if (value < 0) return uint8(bytes, p, 1);
  return uint16(bytes, uint8(bytes, p, 0), value);
}

export function nullable32(bytes: Uint8Array, p: number, value: number): number {
  if (value < 0) return uint8(bytes, p, 1);
  return uint32(bytes, uint8(bytes, p, 0), value);
}

/** LEB128, as lengths are written. */
export function varint(bytes: Uint8Array, p: number, value: number): number {
  let at = p;
  let rest = value;
  while (rest > 127) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at] = rest;
  return at + 1;
}

/** A String of any bytes. */
export function text(bytes: Uint8Array, p: number, value: string): number {
  const length = value.length;
  const start = varint(bytes, p, length);
  for (let i = 0; i < length; i++) bytes[start + i] = value.charCodeAt(i);
  return start + length;
}

/** Bytes of the longest varint of a length. */
export const VARINT_BYTES = 5;
