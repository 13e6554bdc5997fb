import { codeAt, COLON, isDigit, OPEN, SPACE } from '../scan.js';
import { mayLead } from '../syslog/lead.js';

/** What the last `find` found: where the tag starts, and the message behind it. */
export const found = { tag: 0, at: 0 };

/** The kernel speaks of ipfw; ipfw's own log on Mac OS X is a program's, and the application firewall is another. */
const NAMES = ['ipfw', 'Firewall'];
const KERNEL = 'kernel: ';

/** Whether the line is ipfw's; then `found` is set. */
export function find(line: string): boolean {
  for (const name of NAMES) {
    for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + name.length)) {
      const before = at === 0 ? SPACE : line.charCodeAt(at - 1);
      if (before > SPACE && before !== 62) continue;
      const text = tagEnd(line, at + name.length);
      if (text < 0 || (name === 'Firewall' && !line.startsWith('Stealth Mode ', text))) continue;
      const lead = line.endsWith(KERNEL, at) ? at - KERNEL.length : at;
      if (!mayLead(line, lead) && !mayLead(line, kernelStart(line, at))) return false;
      found.tag = lead;
      found.at = text;
      return true;
    }
  }
  return false;
}

/** Start of `kernel[0]: ` before `at`, or `at`. */
function kernelStart(line: string, at: number): number {
  const word = line.lastIndexOf(' ', at - 2) + 1;
  return line.startsWith('kernel', word) ? word : at;
}

/** Index of the message behind a tag's name and process id, -1 when no tag ends there. */
function tagEnd(line: string, at: number): number {
  let i = at;
  if (codeAt(line, i) === OPEN) {
    i++;
    while (isDigit(codeAt(line, i))) i++;
    if (codeAt(line, i) !== 93) return -1;
    i++;
  }
  if (codeAt(line, i) !== COLON) return -1;
  i++;
  while (codeAt(line, i) === SPACE) i++;
  return i;
}
