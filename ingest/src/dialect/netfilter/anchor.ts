import { SPACE, startsAt } from '../scan.js';

/**
 * Where the firewall's own fields start: the `IN=` that belongs to the last outer `SRC=`. What stands before it
 * is the rule's prefix, which an administrator words and a device may fill with a description; a `SRC=` or a
 * whole made-up line in there must not be read. -1 when there is none.
 */
export function findBody(line: string): number {
  const first = line.indexOf('IN=');
  if (first < 0) return findOut(line);
  const second = line.indexOf('IN=', first + 3);
  if (second < 0 && !isPhysical(line, first)) return first;
  return findLast(line);
}

/** Rare: a bridge's `PHYSIN=`, two lines run together, or a prefix that holds `IN=`. */
function findLast(line: string): number {
  // The quoted packet of an ICMP error has its SRC= directly behind a bracket.
  const source = line.lastIndexOf(' SRC=');
  let at = line.lastIndexOf('IN=', source < 0 ? line.length : source);
  while (at >= 0 && isPhysical(line, at)) at = at === 0 ? -1 : line.lastIndexOf('IN=', at - 1);
  return at < 0 ? findOut(line) : at;
}

/** `PHYSIN=`; any other letters before `IN=` are a prefix without a space behind it (`--log-prefix DROP`). */
const isPhysical = (line: string, at: number): boolean => at >= 4 && startsAt(line, at - 4, 'PHYS');

/** Proxmox leaves out an empty `IN=`: then `OUT=` names an interface, and `SRC=` follows. */
function findOut(line: string): number {
  if (!line.includes(' SRC=')) return -1;
  const at = line.lastIndexOf('OUT=', line.lastIndexOf(' SRC='));
  if (at < 0 || line.startsWith('PHYS', at - 4)) return -1;
  const code = line.charCodeAt(at + 4);
  return code !== SPACE && (at === 0 || line.charCodeAt(at - 1) === SPACE) ? at : -1;
}
