import type { Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import { setCode } from './icmp.js';

/** What tcpdump says of ICMP messages: the first text that starts it, or stands in it, tells the type. */
const V4: readonly (readonly [text: string, type: number])[] = [
  ['echo request', 8],
  ['echo reply', 0],
  ['unreachable', 3],
  ['source quench', 4],
  ['redirect', 5],
  ['router advertisement', 9],
  ['router solicitation', 10],
  ['time exceeded', 11],
  ['time stamp query', 13],
  ['time stamp request', 13],
  ['time stamp reply', 14],
  ['parameter problem', 12],
  ['address mask request', 17],
  ['address mask is', 18],
  ['address mask reply', 18],
];

const V6: readonly (readonly [text: string, type: number])[] = [
  ['echo request', 128],
  ['echo reply', 129],
  ['neighbor sol', 135],
  ['neighbor adv', 136],
  ['router sol', 133],
  ['router adv', 134],
  ['multicast listener report v2', 143],
  ['multicast listener query', 130],
  ['multicast listener report', 131],
  ['multicast listener done', 132],
  ['unreachable', 1],
  ['packet too big', 2],
  ['time exceeded', 3],
  ['parameter problem', 4],
  ['redirect', 137],
];

const ECHO_V4 = new Set([0, 8]);

/** Reads tcpdump's text of an ICMP message from `at`. What it does not name leaves type and code absent. */
export function readIcmpText(line: string, at: number, end: number, event: Event): void {
  const v4 = event.proto === 1;
  const text = line.substring(at, Math.min(end, at + 160));
  for (const [words, type] of v4 ? V4 : V6) {
    if (!text.includes(words)) continue;
    event.icmpType = type;
    if (!v4) {
      if (type >= 128) event.icmpCode = 0;
    } else if (ECHO_V4.has(type)) event.icmpCode = 0;
    else setCode(line, at, end, event);
    break;
  }
  keepAttr(event, 'icmp', line, at, Math.min(end, at + 160));
}
