import type { Context } from '../dialect.js';
import { codeAt, isDigit, SPACE, wordEnd } from '../scan.js';
import { readClf } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';

/** Proxmox VE: `VMID LEVEL CHAIN 22/Nov/2026:03:04:05 +0100 ` before the prefix. */
export const proxmox = { vmid: '', chain: '', time: 0, at: 0 };

/** Whether such a head starts at `at`; then `proxmox` holds it, and `proxmox.at` is where the prefix starts. */
export function readProxmox(line: string, at: number, limit: number, context: Context): boolean {
  if (!isDigit(codeAt(line, at))) return false;
  let i = at;
  while (isDigit(codeAt(line, i))) i++;
  if (codeAt(line, i) !== SPACE || !isDigit(codeAt(line, i + 1)) || codeAt(line, i + 2) !== SPACE) return false;
  const chainEnd = wordEnd(line, i + 3, limit);
  const stampEnd = readClf(line, chainEnd + 1, context);
  if (stampEnd === chainEnd + 1 || codeAt(line, stampEnd) !== SPACE) return false;
  proxmox.vmid = line.substring(at, i);
  proxmox.chain = line.substring(i + 3, chainEnd);
  proxmox.time = stamp.time;
  proxmox.at = stampEnd + 1;
  return true;
}
