/** A ClickHouse string literal. Backslash is an escape there, so that doubling quotes alone would not do. */
export function quoteString(value: string): string {
  return `'${escapeIn("'", value)}'`;
}

/** A ClickHouse identifier in double quotes. */
export function quoteIdentifier(value: string): string {
  return `"${escapeIn('"', value)}"`;
}

/** A value as it may stand inside quotes that are there already. */
export function escapeIn(quote: string, value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\0', '\\0');
}

/** A value inside a comment: it must not end it. */
export function escapeComment(value: string): string {
  return value.replaceAll('*/', '* /').replace(/[\r\n]+/g, ' ');
}
