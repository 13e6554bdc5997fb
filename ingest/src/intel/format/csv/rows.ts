/** Rows of a CSV text (RFC 4180); the separator is the commonest of comma, semicolon and tab in its first line. Pure. */
export function* rows(
  text: string
): Generator<{ readonly line: number; readonly cells: readonly string[]; readonly whole: boolean }> {
  const separator = separatorOf(text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n')));
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let started = 1;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '\n') line++;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i] as string;
      else quoted = false;
    } else if (c === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (c === separator) {
      cells.push(cell.trim());
      cell = '';
    } else if (c === '\n') {
      cells.push(cell.trim());
      yield { line: started, cells, whole: true };
      [cells, cell, started] = [[], '', line];
    } else {
      cell += c;
    }
  }
  if (cell !== '' || cells.length > 0) yield { line: started, cells: [...cells, cell.trim()], whole: !quoted };
}

function separatorOf(head: string): string {
  const count = (separator: string): number => head.split(separator).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
