import { COLON, name, OPEN, SPACE } from './scan.js';

/** Whether a log prefix is one bracketed word group: `[UFW BLOCK] `. */
export function isBracketed(prefix: string): boolean {
  return prefix.length > 1 && prefix.charCodeAt(0) === OPEN && prefix.indexOf(']') === prefix.length - 1;
}

/** A log prefix without the spaces around it and the colons behind it. */
export function trimPrefix(prefix: string): string {
  let start = 0;
  let end = prefix.length;
  while (start < end && prefix.charCodeAt(start) <= SPACE) start++;
  while (end > start && (prefix.charCodeAt(end - 1) === COLON || prefix.charCodeAt(end - 1) <= SPACE)) end--;
  return prefix.substring(start, end);
}

/** The rule's name of a log prefix: `[UFW BLOCK] ` is `UFW BLOCK`, `Shorewall:net2fw:DROP:` loses its last colon. */
export function ruleOf(prefix: string): string {
  const text = trimPrefix(prefix);
  return isBracketed(text) ? name(text, 1, text.length - 1) : name(text, 0, text.length);
}
