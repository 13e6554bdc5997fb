/** Random numbers of a seed, 0 to 1: a run can be made again. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Lines that can be told apart once they are stored: the sender is their source address, the number their TCP seq. */
export class Numbered {
  readonly source: string;
  /** The number of the next. */
  next = 0;

  constructor(source: string) {
    this.source = source;
  }

  line(): string {
    const n = this.next++;
    const port = (n % 65_535) + 1;
    const packet = `SRC=${this.source} DST=203.0.113.1 LEN=44 TTL=64 ID=${port} PROTO=TCP SPT=40000 DPT=${port}`;
    const stamp = new Date().toISOString();
    return `<4>${stamp} fw kernel: DROP IN=wan0 OUT= ${packet} SEQ=${n} ACK=0 WINDOW=1024 SYN URGP=0`;
  }

  lines(count: number): string[] {
    return Array.from({ length: count }, () => this.line());
  }
}
