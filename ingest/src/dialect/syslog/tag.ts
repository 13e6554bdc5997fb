import { CLOSE, COLON, isDigit, wordEnd } from '../scan.js';
import type { Head } from './head.js';

/** Programs that hand on the firewall's own lines and put a process id behind their name. */
const CARRIERS = new Set(
  (
    'kernel klogd ulogd ulogd2 iptables ip6tables nft nftables netfilter firewall firewalld ufw shorewall shorewall6 ' +
    'pvefw-logger pve-firewall syslogd rsyslogd syslog-ng logger'
  ).split(' ')
);

/** Whether a program of that name may speak for the firewall. */
export const isCarrier = (program: string): boolean => CARRIERS.has(program);

/**
 * Whether the message is a stranger's: a program with a process id that carries no firewall lines. What it says
 * may hold words of anyone (`sshd[811]: Invalid user IN=… SRC=…`), so it is never read as the firewall's.
 */
export function isForeign(line: string, head: Head): boolean {
  if (head.appEnd > head.appStart) return head.pid && !isCarrier(line.substring(head.appStart, head.appEnd));
  const open = tagOpen(line, head.at);
  return open > 0 && !isCarrier(line.substring(head.at, open));
}

/** Index of the bracket in `name[123]:` at `at`, or -1. */
export function tagOpen(line: string, at: number): number {
  const end = wordEnd(line, at, Math.min(line.length, at + 64));
  if (end - at < 5 || line.charCodeAt(end - 1) !== COLON || line.charCodeAt(end - 2) !== CLOSE) return -1;
  let i = end - 3;
  while (i > at && isDigit(line.charCodeAt(i))) i--;
  return i < end - 3 && i > at && line.charCodeAt(i) === 91 ? i : -1;
}
