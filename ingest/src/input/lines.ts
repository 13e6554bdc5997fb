/** Where framed lines go. The bytes are only valid during the call. */
export interface LineSink {
  /** A line without its end; may be empty. */
  line(bytes: Buffer, start: number, end: number): void;
  /** The head of a line over the limit; the rest of it has been or will be skipped. */
  tooLong(bytes: Buffer, start: number, end: number): void;
}

/** What RFC 5424 asks every receiver to take is 2 KiB; firewalls with long session lines need more. */
export const DEFAULT_LINE_LIMIT = 8 * 1024;

export const LF = 10;
export const CR = 13;

/** Hands on one line that lies in `bytes` complete with its carriage return, if it has one. */
export function emitLine(sink: LineSink, limit: number, bytes: Buffer, start: number, end: number): void {
  const last = end > start && bytes[end - 1] === CR ? end - 1 : end;
  if (last - start > limit) sink.tooLong(bytes, start, start + limit);
  else sink.line(bytes, start, last);
}
