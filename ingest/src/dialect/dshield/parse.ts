import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { splitColumns } from '../fields/columns.js';
import { addressOf, hasPorts, protoOf } from '../fields/ends.js';
import { Fields } from '../fields/fields.js';
import { flagsOfLetters } from '../fields/flags.js';
import { MAX_UINT16, MAX_UINT32, MAX_UINT8 } from '../scan.js';
import { textEnd } from '../span.js';
import { findColumns } from './find.js';
import { readIcmp } from './icmp.js';
import { timeOf } from './time.js';

/**
 * What firewalls submit to DShield: tab-separated stamp with zone, author, count, source, port, target, port, protocol and
 * TCP flags. It has no action: what is submitted was mostly, but not surely, dropped. https://isc.sans.edu/specs.html
 */
export const dshield: Dialect = { name: 'dshield', claims: (line) => findColumns(line) >= 0, parse };

/** Every reason this dialect gives; each has a line in refused.log. */
export const reasons: readonly Reason[] = [
  'unclaimed',
  'truncated',
  'no-address',
  'bad-address',
  'bad-port',
  'bad-field',
  'time-range',
];

enum Field {
  Author,
  Count,
  Source,
  SourcePort,
  Target,
  TargetPort,
  Proto,
  Flags,
}

const COLUMNS = [
  Field.Author,
  Field.Count,
  Field.Source,
  Field.SourcePort,
  Field.Target,
  Field.TargetPort,
  Field.Proto,
  Field.Flags,
];
const fields = new Fields<Field>(Field.Flags + 1);

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const at = findColumns(line);
  if (at < 0) return 'unclaimed';
  // Without the last tab the protocol may have lost its end. It may stand there with nothing behind it.
  if (splitColumns(line, at + 1, textEnd(line), '\t', COLUMNS, fields) < COLUMNS.length) return 'truncated';
  event.time = timeOf(line, at, context);
  if (event.time < 0) return 'time-range';
  event.count = fields.number(line, Field.Count, MAX_UINT32);
  if (event.count < 1) return 'bad-field';
  const verdict = readEnds(line, event);
  if (verdict !== 'ok') return verdict;
  fields.close(Field.Flags);
  if (event.proto === 6 && fields.has(Field.Flags)) {
    event.tcpFlags = flagsOfLetters(line, fields.from(Field.Flags), fields.to(Field.Flags));
    if (event.tcpFlags < 0) return 'bad-field';
  }
  fields.keep(line, Field.Author, event, 'author');
  return 'ok';
}

function readEnds(line: string, event: Event): 'ok' | Reason {
  if (isUnknown(line, Field.Source) || isUnknown(line, Field.Target)) return 'no-address';
  event.srcIp = addressIn(line, Field.Source);
  event.dstIp = addressIn(line, Field.Target);
  if (event.srcIp === '' || event.dstIp === '') return 'bad-address';
  if (isUnknown(line, Field.Proto)) return 'bad-field';
  event.proto = protoOf(line, fields.from(Field.Proto), fields.to(Field.Proto));
  if (event.proto < 0) return 'bad-field';
  const icmp = event.proto === 1 || event.proto === 58;
  const max = icmp ? MAX_UINT8 : MAX_UINT16;
  const first = isUnknown(line, Field.SourcePort) ? ABSENT : fields.number(line, Field.SourcePort, max);
  const second = isUnknown(line, Field.TargetPort) ? ABSENT : fields.number(line, Field.TargetPort, max);
  if (icmp) {
    if (first < 0 || second < 0) return 'bad-field';
    if (first !== ABSENT && second !== ABSENT) readIcmp(first, second, event);
    return 'ok';
  }
  if (!hasPorts(event.proto)) return 'ok';
  if (first < 0 || second < 0) return 'bad-port';
  if (first !== ABSENT) event.srcPort = first;
  if (second !== ABSENT) event.dstPort = second;
  return 'ok';
}

/** Larger than any port. */
const ABSENT = MAX_UINT32;

/** `???` stands for what a client does not know. */
const isUnknown = (line: string, field: Field): boolean => !fields.has(field) || fields.is(line, field, '???');

/** DShield itself pads each octet to three digits, which are decimal. */
const PADDED = /^\d{3}\.\d{3}\.\d{3}\.\d{3}$/;

function addressIn(line: string, field: Field): string {
  const from = fields.from(field);
  const to = fields.to(field);
  const address = addressOf(line, from, to);
  if (address !== '' || to - from !== 15) return address;
  const text = line.substring(from, to);
  if (!PADDED.test(text)) return '';
  const plain = text.split('.').map(Number).join('.');
  return addressOf(plain, 0, plain.length);
}
