/** SQL text from values: the only place where quoting is done. Pure. */

/** A string literal. */
export function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`;
}

/** An identifier, always quoted; dots are part of the name. */
export function identifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function isName(text: string): boolean {
  return NAME.test(text);
}

/** `fireplot.events` as two quoted identifiers; throws on anything that is not one or two plain names. */
export function tableName(name: string): string {
  const parts = name.split('.');
  if (parts.length > 2 || !parts.every(isName)) throw new Error(`not a table name: ${JSON.stringify(name)}`);
  return parts.map(identifier).join('.');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
};

/** A value as one TabSeparated field: how ClickHouse reads the fields of a row, and `param_*` values. */
export function tsvField(text: string): string {
  return text.replace(/[\\\t\n\r\0\b\f]/g, (c) => ESCAPES[c] ?? c);
}

/** Milliseconds since the epoch as `2026-11-22 01:02:03.004`, UTC: how DateTime64(3, 'UTC') is read. */
export function utcText(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, 23);
}
