/** Lines of the head that some logs start with: any first line (rwcut's titles), and those with a hash (Zeek's, W3C's). */
const HEAD_LINES = 16;
/** Bytes of a file's start that hold them. */
export const HEAD_BYTES = 16 * 1024;
/** For "last message repeated": so many lines before those to come. */
const LAST_LINES = 3;
export const LAST_BYTES = 4 * 1024;

/**
 * Lines that tell how those behind an offset are to be read.
 * @param head the first bytes of the file @param last those before the offset @param offset behind a line's end
 */
export function linesBefore(head: Buffer, last: Buffer, offset: number): string[] {
  const first = linesOf(head.subarray(0, Math.min(head.length, offset))).slice(0, HEAD_LINES);
  const heading = first.slice(0, first.findIndex((line, index) => index > 0 && !isHead(line)) >>> 0);
  const before = linesOf(last);
  // The first piece may lack its start.
  if (last.length < offset) before.shift();
  return [...heading, ...before.slice(-LAST_LINES).filter((line) => !isHead(line))];
}

const isHead = (line: string): boolean => line.startsWith('#');

/** The lines that end in it. */
const linesOf = (bytes: Buffer): string[] =>
  bytes
    .toString('latin1')
    .split('\n')
    .slice(0, -1)
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
