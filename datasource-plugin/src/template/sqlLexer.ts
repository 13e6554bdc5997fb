/** Where a position in ClickHouse SQL lies. `code` is everything outside quotes and comments. */
export type SqlPlace = 'code' | 'string' | 'identifier' | 'comment';

export interface SqlSpan {
  place: Exclude<SqlPlace, 'code'>;
  /** The quote that opens it, '' for a comment. */
  quote: string;
  from: number;
  /** One past its end; the text's end when it is never closed. */
  to: number;
}

// Groups: 1 '…', 2 "…", 3 `…`, each with backslash escapes and doubled quotes; then -- and # to the line's end
// ('#' only before a blank or '!'), and /* … */. An unclosed one runs to the end of the text.
const SPAN =
  /('(?:[^'\\]|\\[^]|'')*(?:'|\\?$))|("(?:[^"\\]|\\[^]|"")*(?:"|\\?$))|(`(?:[^`\\]|\\[^]|``)*(?:`|\\?$))|--[^\n]*|#[ !][^\n]*|\/\*[^]*?(?:\*\/|$)/g;

/** The quoted and commented stretches of a statement, in order. */
export function sqlSpans(sql: string): SqlSpan[] {
  return [...sql.matchAll(SPAN)].map((match) => {
    const quoted = match[1] ?? match[2] ?? match[3];
    return {
      place: match[1] !== undefined ? 'string' : quoted !== undefined ? 'identifier' : 'comment',
      quote: quoted?.charAt(0) ?? '',
      from: match.index,
      to: match.index + match[0].length,
    };
  });
}

/** The span around a position, undefined in code. */
export function spanAt(spans: readonly SqlSpan[], at: number): SqlSpan | undefined {
  return spans.find((span) => span.from < at && at < span.to);
}

/** Name of the macro or function whose last argument begins at `from` and ends at `to`, undefined if none. */
export function callEndingWith(sql: string, spans: readonly SqlSpan[], from: number, to: number): string | undefined {
  if (!/^\s*\)/.test(sql.slice(to)) || !/,\s*$/.test(sql.slice(0, from))) {
    return undefined;
  }
  let depth = 0;
  for (let i = from - 1; i >= 0; i--) {
    const span = spanAt(spans, i) ?? spans.find((s) => s.from === i);
    if (span) {
      i = span.from;
      continue;
    }
    const c = sql[i];
    if (c === ')') {
      depth++;
    } else if (c === '(' && depth-- === 0) {
      return /[$\w]+\s*$/.exec(sql.slice(0, i))?.[0].trim();
    }
  }
  return undefined;
}
