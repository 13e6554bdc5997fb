import { codeAt, SPACE } from '../scan.js';
import { mayLead } from '../syslog/lead.js';

/** First topics of RouterOS; a second word always follows, mostly the severity. */
const TOPICS = new Set(
  (
    'account async backup bfd bgp bridge calc caps certificate critical ddns debug dhcp dns dot1x dude e-mail error ' +
    'event fetch firewall gps gsm health hotspot igmp-proxy info interface iot ipsec iscsi isdn isis kvm l2tp ldp ' +
    'lora lte manager mme mpls mqtt netinstall netwatch ntp ospf ovpn packet pim poe-out ppp pppoe pptp ptp radius ' +
    'radvd raw read rip route rpki rsvp script sertcp simulator smb snmp socksify ssh ssld sstp state stp store ' +
    'supout system telephony tftp timer tr069 update ups usb vpls vrrp warning watchdog web-proxy wifi wireguard ' +
    'wireless write zerotier'
  ).split(' ')
);

const COMMA = 44;
const GREATER = 62;

const isTopicCode = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 48 && c <= 57) || c === 45;

/** Index after `firewall,info` at `at`, or `at` when the word is no list of topics. */
export function topicsEnd(line: string, at: number): number {
  let i = at;
  while (isTopicCode(codeAt(line, i))) i++;
  if (i === at || codeAt(line, i) !== COMMA || !TOPICS.has(line.substring(at, i))) return at;
  const second = i + 1;
  while (isTopicCode(codeAt(line, i)) || codeAt(line, i) === COMMA) i++;
  const c = codeAt(line, i);
  return i > second && (c === SPACE || c === 0) ? i : at;
}

/** Whether `line[from, to)` names the firewall. RouterOS logs DHCP, logins and routing through the same socket. */
export function isFirewall(line: string, from: number, to: number): boolean {
  return line.startsWith('firewall', from) || line.substring(from, to).includes(',firewall');
}

/** Start of the first word that is a list of topics, or -1: what tells a RouterOS line without firewall fields. */
export function findTopics(line: string): number {
  let comma = line.indexOf(',');
  for (let tries = 0; comma >= 0 && tries < 4; tries++) {
    let start = comma;
    while (start > 0 && isTopicCode(line.charCodeAt(start - 1))) start--;
    const before = start === 0 ? SPACE : line.charCodeAt(start - 1);
    if ((before === SPACE || before === GREATER) && topicsEnd(line, start) > start && mayLead(line, start)) {
      return start;
    }
    comma = line.indexOf(',', comma + 1);
  }
  return -1;
}
