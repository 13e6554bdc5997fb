/** Addresses as the 16 bytes of ClickHouse's IPv6; IPv4 is mapped into it. Texts have been validated by a dialect. */

const COLON = 58;
const DOT = 46;

/** Writes an address; '' is ::, and so is a text that is no address. */
export function address(bytes: Uint8Array, p: number, text: string): number {
  for (let i = p; i < p + 16; i++) bytes[i] = 0;
  if (text !== '' && !(isIpv6(text) ? ipv6(bytes, p, text) : mapped(bytes, p, text))) bytes.fill(0, p, p + 16);
  return p + 16;
}

/** Has a colon within its first five characters, which dotted IPv4 has not. */
export function isIpv6(text: string): boolean {
  const length = text.length < 5 ? text.length : 5;
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) === COLON) return true;
  return false;
}

/** Whether the 16 bytes at `p` are an IPv4 address. */
export function isMapped(bytes: Uint8Array, p: number): boolean {
  for (let i = 0; i < 10; i++) if (bytes[p + i] !== 0) return false;
  return bytes[p + 10] === 255 && bytes[p + 11] === 255;
}

function mapped(bytes: Uint8Array, p: number, text: string): boolean {
  bytes[p + 10] = 255;
  bytes[p + 11] = 255;
  return dotted(bytes, p + 12, text, 0);
}

/** Four octets from `text` at `from` to its end. */
function dotted(bytes: Uint8Array, p: number, text: string, from: number): boolean {
  const length = text.length;
  let at = p;
  let octet = 0;
  let digits = 0;
  for (let i = from; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (digits === 0 || at === p + 3) return false;
      bytes[at++] = octet;
      octet = 0;
      digits = 0;
    } else {
      octet = octet * 10 + code - 48;
      digits++;
      if (code < 48 || code > 57 || octet > 255) return false;
    }
  }
  bytes[at] = octet;
  return at === p + 3 && digits > 0;
}

function ipv6(bytes: Uint8Array, p: number, text: string): boolean {
  const length = text.length;
  let at = p;
  let gap = -1;
  let group = 0;
  let digits = 0;
  let start = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === COLON) {
      if (digits > 0) {
        if (at > p + 14) return false;
        bytes[at++] = group >>> 8;
        bytes[at++] = group;
        group = 0;
        digits = 0;
      } else if (i > 0 || text.charCodeAt(1) === COLON) {
        if (i === 0) continue;
        if (gap >= 0) return false;
        gap = at;
      } else {
        return false;
      }
      start = i + 1;
    } else if (code === DOT) {
      if (at > p + 12 || !dotted(bytes, at, text, start)) return false;
      at += 4;
      digits = 0;
      break;
    } else {
      const digit = hexDigit(code);
      if (digit < 0 || ++digits > 4) return false;
      group = (group << 4) | digit;
    }
  }
  if (digits > 0) {
    if (at > p + 14) return false;
    bytes[at++] = group >>> 8;
    bytes[at++] = group;
  }
  return gap < 0 ? at === p + 16 : open(bytes, p, gap, at);
}

/** Moves what stands behind `::` to the end, and zeros into its place. */
function open(bytes: Uint8Array, p: number, gap: number, at: number): boolean {
  if (at > p + 14) return false;
  const tail = at - gap;
  bytes.copyWithin(p + 16 - tail, gap, at);
  bytes.fill(0, gap, p + 16 - tail);
  return true;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
