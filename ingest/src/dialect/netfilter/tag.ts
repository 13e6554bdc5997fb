import { CLOSE, codeAt, isDigit, OPEN, skipSpaces, SPACE, startsAt, wordEnd } from '../scan.js';
import { tagOpen } from '../syslog/tag.js';

/**
 * Index after `kernel:` and the like at `at`; `at` itself when the message starts at once. Any other tag without a
 * process id is taken for the rule's prefix (`DENY: IN=…`).
 */
export function skipTag(line: string, at: number, limit: number): number {
  let i = at;
  while (startsAt(line, i, 'kernel: ')) i = skipSpaces(line, i + 8);
  if (i > at) return i;
  const open = tagOpen(line, at);
  if (open > 0 && open < limit) return skipSpaces(line, wordEnd(line, open, limit));
  // What a relay put between host and tag is not the rule's. `kernel:` without a space precedes a bare body.
  const kernel = line.indexOf('kernel:', at);
  return kernel >= 0 && kernel < limit ? skipSpaces(line, kernel + 7) : at;
}

/** Index after the kernel's `[12345.678901]` and caller (`[T1]`, `[    C0]`) at `at`, or `at`. */
export function skipUptime(line: string, at: number): number {
  if (codeAt(line, at) !== OPEN) return at;
  let i = skipSpaces(line, at + 1);
  const digits = i;
  while (isDigit(codeAt(line, i))) i++;
  if (i === digits || codeAt(line, i) !== 46) return at;
  i++;
  while (isDigit(codeAt(line, i))) i++;
  if (codeAt(line, i) !== CLOSE) return at;
  return skipSpaces(line, skipCaller(line, i + 1));
}

function skipCaller(line: string, at: number): number {
  if (codeAt(line, at) !== OPEN) return at;
  let i = skipSpaces(line, at + 1);
  const c = codeAt(line, i);
  if (c !== 84 && c !== 67) return at;
  for (i++; isDigit(codeAt(line, i)); i++);
  return codeAt(line, i) === CLOSE && codeAt(line, i + 1) === SPACE ? i + 1 : at;
}
