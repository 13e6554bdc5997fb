import { ABSENT, type Event } from '../../event/event.js';
import { keepJson } from '../fields/json.js';
import { actionOfWord } from '../fields/action.js';
import { MAX_UINT16, MAX_UINT32, MAX_UINT8 } from '../scan.js';
import { Field, fields } from './keys.js';

const TCP = 6;
const SYN = 2;
const RST = 4;
const ACK = 16;

/** In header order. */
const FLAGS = [Field.Fin, Field.Syn, Field.Rst, Field.Psh, Field.Ack, Field.Urg];

/** The dropped packet's header. */
export function readDrop(line: string, event: Event): 'ok' | 'bad-field' {
  keepJson(line, fields, Field.Reason, event, 'reason');
  if (!limited(line, Field.Length, MAX_UINT32) || !limited(line, Field.Ttl, MAX_UINT8)) return 'bad-field';
  if (!limited(line, Field.IpId, MAX_UINT16)) return 'bad-field';
  event.length = fields.number(line, Field.Length, MAX_UINT32);
  event.ttl = fields.number(line, Field.Ttl, MAX_UINT8);
  event.ipId = fields.number(line, Field.IpId, MAX_UINT16);
  if (event.proto !== TCP) return 'ok';
  event.tcpSeq = fields.number(line, Field.Sequence, MAX_UINT32);
  event.tcpWindow = fields.number(line, Field.Window, MAX_UINT16);
  if (!fields.has(Field.Syn)) return 'ok';
  event.tcpFlags = 0;
  FLAGS.forEach((field, bit) => {
    if (fields.is(line, field, 'true')) event.tcpFlags |= 1 << bit;
  });
  return 'ok';
}

/** Whether the field is no more than it may be, or did not come. */
const limited = (line: string, field: Field, max: number): boolean =>
  !fields.has(field) || fields.number(line, field, max) >= 0;

/**
 * Flags that the source sent, and what became of the flow: told (inline), or seen in what the target answered.
 */
export function readFlow(line: string, event: Event): 'ok' | 'bad-field' {
  keepJson(line, fields, Field.State, event, 'state');
  event.ttl = fields.number(line, Field.Ttl, MAX_UINT8);
  event.action = actionOfWord(fields.text(line, Field.FlowAction));
  if (event.proto !== TCP) {
    if (event.action === 'unknown' && fields.number(line, Field.PacketsIn, MAX_UINT32) > 0) event.action = 'allow';
    return 'ok';
  }
  event.tcpFlags = flagsOf(line, fields.has(Field.FlagsOut) ? Field.FlagsOut : Field.Flags);
  const answer = flagsOf(line, Field.FlagsIn);
  if (event.action !== 'unknown' || answer === ABSENT) return 'ok';
  if ((answer & (SYN | ACK)) === (SYN | ACK)) event.action = 'allow';
  else if ((answer & RST) !== 0) event.action = 'reject';
  return 'ok';
}

/** Two hexadecimal digits: the flags of all packets together. */
function flagsOf(line: string, field: Field): number {
  if (!fields.has(field) || fields.to(field) - fields.from(field) > 2) return ABSENT;
  const value = Number.parseInt(line.substring(fields.from(field), fields.to(field)), 16);
  return value >= 0 && value <= MAX_UINT8 ? value : ABSENT;
}
