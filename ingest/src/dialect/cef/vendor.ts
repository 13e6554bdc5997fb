import type { Event } from '../../event/event.js';
import { codeAt, isDigit, MAX_UINT32, MAX_UINT8, name } from '../scan.js';
import { isText } from '../span.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { part, Part, partFrom, partTo } from './extension.js';
import { Field, fields } from './keys.js';

/** What vendors put into the format in their own ways. */

/** Whether the vendor writes an address last: elsewhere a value that ends the line may have lost its end. */
export const isLast = (vendor: string, product: string): boolean =>
  vendor.startsWith('Check Point') || product.startsWith('Check Point');

/** Whether the line tells of no packet, or of one that has a line of its own besides. */
export function isDuplicate(line: string, vendor: string): boolean {
  if (vendor === 'Fortinet') {
    const at = fields.from(Field.Category);
    return fields.has(Field.Category) && line.startsWith('event', at) && !isWordCode(codeAt(line, at + 5));
  }
  if (vendor !== 'Palo Alto Networks') return false;
  // PAN-OS has type and subtype the other way round than its log forwarding (LF).
  const packet = (which: Part): boolean =>
    isText(line, partFrom(which), partTo(which), 'TRAFFIC') || isText(line, partFrom(which), partTo(which), 'THREAT');
  return !packet(Part.Class) && !packet(Part.Name);
}

const isWordCode = (c: number): boolean => isDigit(c) || ((c | 32) >= 97 && (c | 32) <= 122);

const RULES = new Set(['Rule', 'Rule Name', 'RuleName', 'Policy', 'Policy Name', 'rule']);

/** Rule, packets and duration, which many vendors put into texts and numbers that carry a label. */
export function readLabelled(line: string, vendor: string, event: Event): void {
  event.rule = fields.text(line, Field.RuleName);
  for (let i = 0; i < 6 && event.rule === ''; i++) {
    if (RULES.has(fields.text(line, Field.Label1 + i))) event.rule = fields.text(line, Field.Text1 + i);
  }
  if (event.rule === '' && vendor === 'SonicWall') event.rule = fields.text(line, Field.Text1);
  if (event.rule === '') event.rule = fields.text(line, Field.Policy);
  else fields.keep(line, Field.Policy, event, 'policy');
  event.packets = fields.sum(line, Field.PacketsOut, Field.PacketsIn);
  let seconds = fields.number(line, Field.Duration, MAX_SECONDS);
  for (let i = 0; i < 3; i++) {
    const label = fields.text(line, Field.NumberLabel1 + i);
    if (label === 'PacketsTotal' || label === 'Packets') {
      event.packets = Math.max(fields.number(line, Field.Number1 + i, MAX_TOTAL), 0);
    } else if (label === 'SessionDuration' || label === 'Elapsed time in seconds') {
      seconds = fields.number(line, Field.Number1 + i, MAX_SECONDS);
    }
  }
  if (seconds > 0) event.durationMs = seconds * 1000;
}

const MAX_SECONDS = Math.floor(MAX_UINT32 / 1000);

/** Name of an attack, and that of a domain asked for. A policy that let an attack pass has noticed it. */
export function readSignature(line: string, event: Event): void {
  event.signature =
    fields.text(line, Field.Attack) || fields.text(line, Field.Virus) || fields.text(line, Field.Threat);
  event.qname = fields.text(line, Field.Query);
  if (event.signature !== '' && event.action === 'allow') event.action = 'alert';
  fields.keep(line, Field.Subtype, event, 'subtype');
  if (event.signature === '' && event.action === 'alert') {
    event.signature = name(part(line, Part.Name), 0, part(line, Part.Name).length);
  }
}

/** Fortinet's `icmptype=0x08`. */
export function readIcmpHex(line: string, event: Event): void {
  if (event.proto !== 1 && event.proto !== 58) return;
  const type = hex(line, Field.IcmpType);
  const code = hex(line, Field.IcmpCode);
  if (type < 0 || code < 0) return;
  event.icmpType = type;
  event.icmpCode = code;
}

function hex(line: string, field: Field): number {
  const from = fields.from(field);
  if (!fields.has(field) || !line.startsWith('0x', from) || fields.to(field) - from > 6) return -1;
  const value = Number(line.substring(from, fields.to(field)));
  return value >= 0 && value <= MAX_UINT8 ? value : -1;
}
