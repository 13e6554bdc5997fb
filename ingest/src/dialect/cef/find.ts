import { leads } from '../fields/lead.js';
import { codeAt, isDigit, SPACE } from '../scan.js';
import { part, Part, readHeader } from './extension.js';

/** Further right no head reaches. */
const SEARCH_LIMIT = 512;
const BAR = 124;

/**
 * Where the header's first bar stands, behind a syslog head; -1 when the line is no CEF, or another dialect's. A relay that
 * takes `CEF:` for a program's name leaves the version: `0|Fortinet|…`.
 */
export function findCef(line: string): number {
  const tag = line.indexOf('CEF:');
  let bar = -1;
  if (tag >= 0 && tag < SEARCH_LIMIT && leads(line, tag)) bar = version(line, tag + 4);
  else if (tag < 0 && codeAt(line, 1) === BAR) bar = version(line, 0);
  if (bar < 0 || !readHeader(line, bar)) return -1;
  const vendor = part(line, Part.Vendor);
  // RouterOS in CEF is read by its own words, and so are the rewrites of name servers.
  if (vendor === 'MikroTik' || (vendor === 'Infoblox' && part(line, Part.Product) === 'NIOS')) return -1;
  return bar;
}

/** Index of the bar behind the version (`0`, ` 1`) at `at`, or -1. */
function version(line: string, at: number): number {
  const i = codeAt(line, at) === SPACE ? at + 1 : at;
  return isDigit(codeAt(line, i)) && codeAt(line, i + 1) === BAR ? i + 1 : -1;
}
