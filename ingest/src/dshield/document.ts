import type { Entry } from './figures.js';
import { entriesOfText } from './table.js';
import { treeOfXml } from './xml.js';

/** How deep documents are looked into; DShield's are three deep. */
const DEPTH = 8;
const COUNTS = ['records', 'reports', 'targets', 'sources', 'attacks', 'count'];

/**
 * The entries of a document that DShield publishes: JSON or XML of the API, or text with a row an entry.
 * @throws SyntaxError for JSON that is cut short, and for a web page
 */
export function entriesOf(text: string): Entry[] {
  const start = text.trimStart().slice(0, 512);
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(start)) throw new SyntaxError('it is a web page (HTML)');
  if (start.startsWith('{') || start.startsWith('[')) return entriesOfTree(JSON.parse(text));
  if (start.startsWith('<')) return entriesOfTree(treeOfXml(text));
  return entriesOfText(text);
}

/**
 * Entries of a tree, whatever their keys ("0", "1", a list, `portinfo`): objects that hold counts. What stands in the objects
 * around one, such as the date of a list, holds for it too.
 */
function entriesOfTree(tree: unknown): Entry[] {
  const entries: Entry[] = [];
  walk(tree, new Map(), 0, entries);
  return entries;
}

function walk(node: unknown, around: Entry, depth: number, entries: Entry[]): void {
  if (typeof node !== 'object' || node === null || depth > DEPTH) return;
  if (Array.isArray(node)) {
    for (const each of node) walk(each, around, depth + 1, entries);
    return;
  }
  const own = new Map<string, string>();
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') own.set(key.toLowerCase(), value.trim());
    else if (typeof value === 'number') own.set(key.toLowerCase(), String(value));
  }
  const known = new Map([...around, ...own]);
  if (COUNTS.filter((name) => own.has(name)).length >= 2) entries.push(known);
  else for (const value of Object.values(node)) walk(value, known, depth + 1, entries);
}
