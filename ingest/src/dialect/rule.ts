import { CLOSE, COLON, NAME_LIMIT, OPEN, SPACE } from './scan.js';

/** Whether a log prefix is one bracketed word group: `[UFW BLOCK] `. */
export function isBracketed(prefix: string): boolean {
  return prefix.charCodeAt(0) === OPEN && prefix.indexOf(']') === prefix.length - 1;
}

/** A log prefix without the spaces and colons behind it. */
export function trimPrefix(prefix: string): string {
  const text = prefix.trimStart();
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === COLON || text.charCodeAt(end - 1) <= SPACE)) end--;
  return text.substring(0, end);
}

/** The rule's name of a log prefix: `[UFW BLOCK] ` is `UFW BLOCK`, `Shorewall:net2fw:DROP:` loses its last colon. */
export function ruleOf(prefix: string): string {
  const text = trimPrefix(prefix);
  const inside = isBracketed(text) && text.charCodeAt(text.length - 1) === CLOSE;
  return (inside ? text.substring(1, text.length - 1) : text).substring(0, NAME_LIMIT);
}
