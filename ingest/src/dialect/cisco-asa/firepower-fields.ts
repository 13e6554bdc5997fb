import { COLON, isDigit, name, SPACE } from '../scan.js';
import { Keys } from '../keys.js';

/** The `Key: value, Key: value` pairs of a firepower message, located but not cut out. */

export enum Field {
  Action,
  Source,
  Target,
  SourcePort,
  TargetPort,
  Proto,
  IcmpType,
  IcmpCode,
  IfaceIn,
  IfaceOut,
  Rule,
  Message,
  Threat,
  File,
  Priority,
  Result,
  FileAction,
  Duration,
  FirstPacket,
  // From here on a key may be forged by the text of a URL or user agent before it: one that comes twice is void.
  PacketsOut,
  PacketsIn,
  BytesOut,
  BytesIn,
  NatSource,
  NatTarget,
  NatSourcePort,
  NatTargetPort,
}

const KEYS = new Keys<Field>({
  AccessControlRuleAction: Field.Action,
  SrcIP: Field.Source,
  DstIP: Field.Target,
  SrcPort: Field.SourcePort,
  DstPort: Field.TargetPort,
  Protocol: Field.Proto,
  ICMPType: Field.IcmpType,
  ICMPCode: Field.IcmpCode,
  IngressInterface: Field.IfaceIn,
  EgressInterface: Field.IfaceOut,
  AccessControlRuleName: Field.Rule,
  Message: Field.Message,
  ThreatName: Field.Threat,
  FileName: Field.File,
  Priority: Field.Priority,
  InlineResult: Field.Result,
  FileAction: Field.FileAction,
  ConnectionDuration: Field.Duration,
  FirstPacketSecond: Field.FirstPacket,
  InitiatorPackets: Field.PacketsOut,
  ResponderPackets: Field.PacketsIn,
  InitiatorBytes: Field.BytesOut,
  ResponderBytes: Field.BytesIn,
  NAT_InitiatorIP: Field.NatSource,
  NAT_ResponderIP: Field.NatTarget,
  NAT_InitiatorPort: Field.NatSourcePort,
  NAT_ResponderPort: Field.NatTargetPort,
});
const FIELD_COUNT = 27;

/** Where each field's value starts and ends in the line; a start of 0 is a field that has not come. */
export const starts = new Int32Array(FIELD_COUNT);
export const ends = new Int32Array(FIELD_COUNT);
const VOID = -1;
let lineEnd = 0;

/**
 * Finds the known fields in `line[at, end)`. Values may hold commas, so a value ends at the next comma behind which a key
 * stands, known or not. The first of a key wins: the packet's own come before anything that a peer words.
 */
export function locate(line: string, at: number, end: number): void {
  starts.fill(0);
  ends.fill(0);
  lineEnd = end;
  let last: Field | -1 = -1;
  let i = at;
  while (i < end) {
    const next = line.indexOf(', ', i);
    const stop = next < 0 || next + 1 >= end ? end : next;
    const colon = keyEnd(line, i, stop);
    if (colon < 0) {
      // No key: the value before held a comma.
      if (last !== -1) ends[last] = stop;
    } else {
      const field = KEYS.find(line, i, colon);
      last = field !== -1 && starts[field] === 0 ? field : -1;
      if (last !== -1) {
        starts[last] = Math.min(colon + 2, stop);
        ends[last] = stop;
      } else if (field >= Field.PacketsOut) starts[field] = VOID;
    }
    i = stop + 2;
  }
}

/** Index of the colon that ends a key at `at`: words of letters, digits and underscores; -1 when there is none. */
function keyEnd(line: string, at: number, end: number): number {
  let i = at;
  while (i < end && i < at + KEY_LIMIT) {
    const c = line.charCodeAt(i);
    if (c === COLON) return i;
    if (c !== SPACE && c !== 95 && !isDigit(c) && !((c | 32) >= 97 && (c | 32) <= 122)) return -1;
    i++;
  }
  return -1;
}

const KEY_LIMIT = 40;

export const has = (field: Field): boolean => starts[field]! > 0;

/** Whether the field came, and not at the very end, where it may have lost some of its own. */
export const hasWhole = (field: Field): boolean => starts[field]! > 0 && ends[field]! < lineEnd;

/** A word that is compared as a whole: what is left of a cut one is no word that is known. */
export const word = (line: string, field: Field): string =>
  has(field) ? name(line, starts[field]!, ends[field]!) : '';
export const named = (line: string, field: Field): string => (hasWhole(field) ? word(line, field) : '');
