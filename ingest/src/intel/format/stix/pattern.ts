/** One comparison of a pattern. */
export interface Comparison {
  readonly type: 'ipv4-addr' | 'ipv6-addr' | 'domain-name';
  readonly value: string;
}

/** A comparison: object path, operator, and a value or a set of values, each with backslash escapes. */
const COMPARISON =
  /^([a-z0-9-]+):([a-z0-9_.[\]'-]+)\s*(=|ISSUBSET|IN)\s*('(?:[^'\\]|\\.)*'|\(\s*'(?:[^'\\]|\\.)*'(?:\s*,\s*'(?:[^'\\]|\\.)*')*\s*\))\s*/;
const VALUE = /'((?:[^'\\]|\\.)*)'/g;

/**
 * The addresses and names that a STIX pattern is about, where any of them alone makes it true: comparisons joined by OR.
 * What more it asks for (AND, FOLLOWEDBY, NOT) cannot be told from an address.
 * @returns 'other' for a pattern about other things or with more conditions, undefined for one that is none
 */
export function readPattern(pattern: string): readonly Comparison[] | 'other' | undefined {
  const found: Comparison[] = [];
  let rest = pattern.trim();
  if (!rest.startsWith('[') || !rest.endsWith(']')) return rest.startsWith('[') ? closed(rest) : undefined;
  while (rest !== '') {
    rest = rest.replace(/^[[(]\s*/, '');
    const match = COMPARISON.exec(rest);
    if (match === null) return closed(rest);
    const [whole, type, path, , value] = match;
    if (path !== 'value' || !isOurs(type)) return 'other';
    for (const [, text] of (value ?? '').matchAll(VALUE)) found.push({ type, value: unescape(text ?? '') });
    rest = rest.slice(whole.length).replace(/^[\])]+\s*/, '');
    if (rest === '') break;
    if (!rest.startsWith('OR')) return closed(rest);
    rest = rest.slice(2).trimStart();
  }
  return found;
}

const isOurs = (type: string | undefined): type is Comparison['type'] =>
  type === 'ipv4-addr' || type === 'ipv6-addr' || type === 'domain-name';

/** Whether what is not understood is at least whole. */
const closed = (text: string): 'other' | undefined =>
  /\]\s*(?:(?:WITHIN|REPEATS|START)\b.*)?$/.test(text) && /^[[(A-Za-z]/.test(text) ? 'other' : undefined;

const unescape = (text: string): string => text.replace(/\\(.)/g, '$1');
