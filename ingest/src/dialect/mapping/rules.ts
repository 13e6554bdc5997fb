import type { Event } from '../../event/event.js';
import type { Context, Reason } from '../dialect.js';
import { addressOf, hasPorts } from '../fields/ends.js';
import type { FieldRule, Mapping } from './mapping.js';
import { stampReader, type ReadStamp } from './stamp.js';
import { putterOf, TIME, type Put } from './targets.js';

/** A zone as read/zone.ts has it: which of a time that came twice is meant, the reference tells. */
export interface Zoned {
  reference: number;
  readonly toUtc: Context['toUtc'];
}

/** A value that says that there is none. */
const isNone = (value: string): boolean => value === '' || value === '-' || value === 'null' || value === 'N/A';

interface Step {
  readonly slot: number;
  readonly put: Put;
  readonly rule: FieldRule;
  readonly words: ReadonlyMap<string, string>;
}

/** The fields of a mapping, ready to be applied to the values of a line. */
export interface Rules {
  /** Names of the columns or paths that are read, by the number of their slot. */
  readonly names: readonly string[];
  /** Whether the slots that hold addresses do hold some: what tells a line of this device from others. */
  readonly isOurs: (value: (slot: number) => string) => boolean;
  readonly apply: (value: (slot: number) => string, context: Context, event: Event) => 'ok' | Reason;
}

export function rulesOf(mapping: Mapping, zoneOf: (name: string) => Zoned): Rules {
  const names: string[] = [];
  const slotOf = (name: string): number => {
    if (name === '') return -1;
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const when = mapping.when.map(({ from, values }) => ({ slot: slotOf(from), values: new Set(values) }));
  const steps = mapping.fields.flatMap((rule): readonly Step[] => {
    const put = rule.to === TIME ? timePutter(rule, zoneOf) : putterOf(rule.to);
    if (put === undefined) return [];
    return [{ slot: slotOf(rule.from), put, rule, words: new Map(Object.entries(rule.values)) }];
  });
  // What a protocol means for the ports is known when all is read; the rest goes by the order of the config.
  const addresses = steps.filter(({ rule, slot }) => slot >= 0 && (rule.to === 'src_ip' || rule.to === 'dst_ip'));
  return {
    names,
    isOurs: (value) =>
      addresses.length > 0 &&
      addresses.every(({ slot }) => isNone(value(slot)) || isAddress(value(slot))) &&
      addresses.some(({ slot }) => isAddress(value(slot))),
    apply: (value, context, event) => {
      for (const { slot, values } of when) if (!values.has(value(slot))) return 'not-traffic';
      for (const step of steps) {
        const text = textOf(step, value);
        if (text === '') continue;
        const verdict = step.put(event, text, context);
        if (verdict !== 'ok') return verdict;
      }
      return settle(event);
    },
  };
}

const isAddress = (text: string): boolean => addressOf(text, 0, text.length) !== '';

function textOf({ slot, rule, words }: Step, value: (slot: number) => string): string {
  const raw = slot < 0 ? '' : value(slot);
  if (isNone(raw)) return words.get(raw) ?? rule.value;
  return words.get(raw) ?? (rule.otherwise === '' ? raw : rule.otherwise);
}

function timePutter(rule: FieldRule, zoneOf: (name: string) => Zoned): Put {
  const read: ReadStamp = stampReader(rule.format);
  const zone = rule.zone === '' ? undefined : zoneOf(rule.zone);
  return (event, text, context) => {
    event.time = zone === undefined ? read(text, context) : inZone(read, zone, text, context);
    return event.time < 0 ? 'time-range' : 'ok';
  };
}

function inZone(read: ReadStamp, zone: Zoned, text: string, context: Context): number {
  const { received, year, actionOf } = context;
  const time = read(text, { received, year, actionOf, toUtc: zone.toUtc });
  // Logs run forward: of a time that came twice the one after this line's is meant.
  if (time > 0) zone.reference = time;
  return time;
}

/** What holds of every event, whatever a mapping says. */
function settle(event: Event): 'ok' | Reason {
  if (event.srcIp === '' && event.dstIp === '') return 'no-address';
  if (event.proto === 1 && event.srcIp.includes(':')) event.proto = 58;
  if (hasPorts(event.proto)) return 'ok';
  event.srcPort = event.dstPort = event.natSrcPort = event.natDstPort = 0;
  if (event.proto !== 0) event.tcpFlags = -1;
  return 'ok';
}
