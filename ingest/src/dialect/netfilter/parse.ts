import type { Event } from '../../event/event.js';
import { keepAttr, setAttr } from '../attrs.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { openRepeat, repeat } from '../repeat.js';
import { codeAt, lineEnd, name, wordEnd } from '../scan.js';
import { newHead, readHead } from '../syslog/head.js';
import { isForeign } from '../syslog/tag.js';
import { findBody } from './anchor.js';
import { readBody } from './body.js';
import { isJournal, readJournal } from './journald.js';
import { readPrefix } from './prefix.js';
import { proxmox, readProxmox } from './proxmox.js';
import { skipTag, skipUptime } from './tag.js';

/**
 * Lines of the Linux kernel's LOG target (iptables, nftables, UFW, firewalld, Shorewall, UniFi, Proxmox, …) with
 * whatever syslog, journald or dmesg put before them.
 */
export const netfilter: Dialect = { name: 'netfilter', claims, parse };

/** Every reason this dialect gives; each has a line in refused.log. */
export const reasons: readonly Reason[] = [
  'unclaimed',
  'truncated',
  'no-address',
  'bad-address',
  'bad-port',
  'bad-field',
  'time-range',
  'not-traffic',
];

/** A whole line has a start; one that lost its tail still has, one that lost its head still ends as the others do. */
function claims(line: string): boolean {
  if (codeAt(line, 0) === BRACE) return isJournal(line) && hasStart(line);
  return hasStart(line) || hasEnd(line);
}

function hasStart(line: string): boolean {
  const at = findBody(line);
  return at >= 0 && (line.indexOf(' OUT=', at) > 0 || line.indexOf(' SRC=', at) > 0);
}

function hasEnd(line: string): boolean {
  const at = line.indexOf(' PROTO=');
  return at >= 0 && (line.indexOf(' SPT=', at) > 0 || line.indexOf(' TYPE=', at) > 0);
}

const BRACE = 123;
const head = newHead();

/** A line that is not ours is 'unclaimed', whatever is wrong with it: a reader may be told to ask us all the same. */
function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const verdict = read(line, context, event);
  return verdict === 'ok' || claims(line) ? verdict : 'unclaimed';
}

function read(line: string, context: Context, event: Event): 'ok' | Reason {
  if (codeAt(line, 0) === BRACE) {
    return claims(line) ? readJournal(line, event, (text) => readMessage(text, 0, context, event)) : 'unclaimed';
  }
  readHead(line, context, head);
  if (head.time < 0) return 'time-range';
  if (isForeign(line, head)) return 'not-traffic';
  event.time = head.time;
  if (head.hostEnd > head.hostStart) event.sensor = name(line, head.hostStart, head.hostEnd);
  return readMessage(line, head.at, context, event);
}

/** What the firewall said, from `at`: tag, uptime, prefix and fields. */
function readMessage(line: string, at: number, context: Context, event: Event): 'ok' | Reason {
  const body = findBody(line);
  if (body < at) return lostHead(line);
  let end = lineEnd(line);
  let i = skipTag(line, at, body);
  if (openRepeat(line, i, end)) {
    event.count = repeat.count;
    i = repeat.at;
    end = repeat.end;
  }
  i = skipUptime(line, i);
  const bare = readProxmox(line, i, body, context);
  if (bare) {
    if (proxmox.time < 0) return 'time-range';
    event.time = proxmox.time;
    i = proxmox.at;
  }
  readRule(line, i, body, bare, context, event);
  // `Nov 22 00:00:00 DROP IN=…`: a single word between stamp and fields is a prefix when it tells an action.
  if (i === body && i === at && !bare && event.sensor !== '') {
    const action = context.actionOf(event.sensor);
    if (action !== 'unknown') {
      event.action = action;
      event.rule = event.sensor;
      event.sensor = '';
    }
  }
  let next = body;
  if (line.charCodeAt(body) === 73) {
    next = wordEnd(line, body, end);
    event.ifaceIn = name(line, body + 3, next);
  }
  return readBody(line, next, end, bare, event);
}

function readRule(line: string, from: number, to: number, bare: boolean, context: Context, event: Event): void {
  const prefix = readPrefix(line, from, to, context);
  event.action = prefix.action;
  event.rule = prefix.rule;
  keepAttr(event, 'description', prefix.description, 0, prefix.description.length);
  if (!bare) return;
  event.rule = prefix.rule === '' ? proxmox.chain : `${proxmox.chain} ${prefix.rule}`;
  if (proxmox.vmid !== '0') setAttr(event, 'vmid', proxmox.vmid);
}

/** Without its start a line may still name its addresses, but not where the rule's own words end. */
function lostHead(line: string): Reason {
  if (!hasEnd(line)) return 'unclaimed';
  return line.includes('SRC=') ? 'truncated' : 'no-address';
}
