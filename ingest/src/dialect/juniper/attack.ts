import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { scanIp } from '../ip/address.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, COLON, cursor, decimal, MAX_UINT16, name } from '../scan.js';
import { setPorts } from './settle.js';
import { pair, readPair } from './session.js';

/**
 * Reads `TCP port scan! source: 192.0.2.1:80, destination: 198.51.100.2:443, zone name: untrust, interface name:
 * ge-0/0/1.0, action: drop` of a screen. Some screens name one end only.
 */
export function readScreen(line: string, at: number, end: number, proto: number, event: Event): 'ok' | Reason {
  const mark = line.indexOf('! ', at);
  if (mark < 0 || mark >= end) return 'truncated';
  event.signature = name(line, at, mark);
  event.proto = proto;
  const source = readLabelled(line, 'source: ', mark, end);
  if (source !== 'ok' && source !== 'no-address') return source;
  event.srcIp = labelled.ip;
  const { port } = labelled;
  const target = readLabelled(line, 'destination: ', mark, end);
  if (target !== 'ok' && target !== 'no-address') return target;
  event.dstIp = labelled.ip;
  if (event.srcIp === '' && event.dstIp === '') return 'no-address';
  const ip = line.indexOf('protocol-id: ', mark);
  if (ip > 0 && ip < end) event.proto = Math.max(decimal(line, ip + 13, end, 255), 0);
  setPorts(event, port, labelled.port);
  setAttr(event, 'source_zone', valueOf(line, 'zone name: ', mark, end));
  event.ifaceIn = valueOf(line, 'interface name: ', mark, end);
  event.action = line.indexOf('action: drop', mark) > 0 ? 'drop' : 'alert';
  return 'ok';
}

const labelled = { ip: '', port: 0 };

/** The address and port behind a label; 'no-address' when the label is not there. */
function readLabelled(line: string, label: string, from: number, end: number): 'ok' | Reason {
  labelled.ip = '';
  labelled.port = 0;
  const at = line.indexOf(label, from) + label.length;
  if (at < label.length || at > end) return 'no-address';
  const comma = line.indexOf(',', at);
  // The zone always follows: what ends the line may be cut.
  if (comma < 0 || comma > end) return 'truncated';
  let stop = scanIp(line, at, comma);
  if (stop < 0 && line.indexOf(':', at) < comma) {
    // An IPv6 address and its port: the last colon parts them.
    const colon = line.lastIndexOf(':', comma);
    stop = scanIp(line, at, colon) === colon ? colon : -1;
  }
  if (stop < 0) return 'bad-address';
  labelled.ip = line.substring(at, stop);
  if (codeAt(line, stop) !== COLON) return stop === comma ? 'ok' : 'bad-address';
  labelled.port = decimal(line, stop + 1, comma, MAX_UINT16);
  return labelled.port < 0 || cursor.at !== comma ? 'bad-port' : 'ok';
}

/** The value behind a label, up to its comma; '' when it is not there or ends the line. */
function valueOf(line: string, label: string, from: number, end: number): string {
  const at = line.indexOf(label, from) + label.length;
  const comma = line.indexOf(',', at);
  return at < label.length || comma < 0 || comma > end ? '' : name(line, at, comma);
}

/**
 * Reads `IDP: at 1303673404, ANOMALY Attack log <A/1->B/80> for TCP protocol and service HTTP … by rule 3 of rulebase IPS
 * in policy Recommended. attack: repeat=0, action=DROP, threat-severity=HIGH, name=…, intf:zone:if->zone:if`.
 */
export function readAttack(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const open = line.indexOf('<', at);
  if (open < 0 || open >= end) return 'truncated';
  if (!readPair(line, open + 1, end)) return pair.at >= end ? 'truncated' : pair.reason;
  if (!line.startsWith('> for ', pair.at)) return pair.at + 6 >= end ? 'truncated' : 'bad-field';
  event.srcIp = pair.srcIp;
  event.dstIp = pair.dstIp;
  const word = pair.at + 6;
  const stop = line.indexOf(' ', word);
  if (stop < 0 || stop >= end) return 'truncated';
  event.proto = protoNumber(name(line, word, stop));
  if (event.proto < 0) return 'bad-field';
  setPorts(event, pair.srcPort, pair.dstPort);
  event.signature = valueOf(line, ', name=', stop, end);
  const policy = line.indexOf(' in policy ', stop) + 11;
  const dot = line.indexOf('. ', policy);
  if (policy > 11 && dot > 0 && dot < end) event.rule = name(line, policy, dot);
  const action = valueOf(line, 'action=', stop, end);
  event.action =
    action === 'DROP' || action.startsWith('DROP_') ? 'drop' : action.startsWith('CLOSE') ? 'reject' : 'alert';
  setAttr(event, 'threat', valueOf(line, 'threat-severity=', stop, end));
  return 'ok';
}
