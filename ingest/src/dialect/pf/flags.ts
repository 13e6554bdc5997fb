/** Bits of TCP's flags by the letter that pf's tools print: FIN SYN RST PSH ACK URG ECE CWR. */
function bitOf(c: number): number {
  switch (c) {
    case 70: // F
      return 1;
    case 83: // S
      return 2;
    case 82: // R
      return 4;
    case 80: // P
      return 8;
    case 65: // A
    case 46: // . (tcpdump.org)
      return 16;
    case 85: // U
      return 32;
    case 69: // E
      return 64;
    case 67: // C (filterlog)
    case 87: // W (tcpdump)
      return 128;
    default:
      return 0;
  }
}

/** Bits of the letters that fill `line[from, to)`, 0 for none; -1 when one of them is no flag. */
export function flagsOf(line: string, from: number, to: number): number {
  let bits = 0;
  for (let i = from; i < to; i++) {
    const bit = bitOf(line.charCodeAt(i));
    if (bit === 0) return -1;
    bits |= bit;
  }
  return bits;
}
