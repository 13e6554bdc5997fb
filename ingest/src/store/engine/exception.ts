import { StoreError } from '../error.js';

/** ClickHouse's own words for an error, taken from what the engine or a server answered. */
export interface Exception {
  /** ClickHouse's number; 0 when the text holds none. */
  readonly code: number;
  /** Upper-case name, e.g. UNKNOWN_TABLE; '' when the text holds none. */
  readonly name: string;
  /** The text without number, name, version and wrapping. */
  readonly text: string;
}

/** `Code: 60. DB::Exception: Table x does not exist. (UNKNOWN_TABLE)`, perhaps nested, perhaps with a version. */
export function parseException(message: string): Exception {
  const codes = [...message.matchAll(/Code: (\d+)\. DB::Exception: /g)];
  const last = codes.at(-1);
  if (!last) return { code: 0, name: '', text: message.trim() };
  const rest = message.slice((last.index ?? 0) + last[0].length).replace(/ \(version [^)]*\)/g, '');
  const name = /\(([A-Z][A-Z0-9_]+)\)/.exec(rest)?.[1] ?? '';
  // Where the engine found it is an inner matter: the inbox file, the pipeline's step.
  const pieces = rest.split(/\([A-Z][A-Z0-9_]+\)[\s.]*/);
  const plain = pieces.map((piece, i) => (i < pieces.length - 1 ? piece.trimEnd() : piece)).join(' ');
  const text = textBefore(plain, '(in file/uri ').trim();
  return { code: Number(last[1]), name, text };
}

/** `text` up to `phrase`, without the spaces and colons that lead to it; all of it where the phrase does not come. */
export function textBefore(text: string, phrase: string): string {
  let end = text.indexOf(phrase);
  if (end < 0) return text;
  while (end > 0 && /[\s:]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** @param attempt what was tried, as the start of a sentence */
export function engineError(attempt: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const { code, name, text } = parseException(cause instanceof Error ? cause.message : String(cause));
  return new StoreError('query', `${attempt}: ${text}${name ? ` (${name})` : ''}`, { cause, code });
}
