import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import { isText } from '../span.js';

/**
 * What pf did, by its own word. Whether a `block` was a silent drop or answered by a reset is not in the log.
 * Translations (`nat`, `rdr`) and `match` rules decide nothing: those keep their word as an attribute.
 */
export function readAction(line: string, from: number, to: number, event: Event): void {
  if (isText(line, from, to, 'block')) event.action = 'drop';
  else if (isText(line, from, to, 'pass')) event.action = 'allow';
  else if (isText(line, from, to, 'reject')) event.action = 'reject';
  else if (isText(line, from, to, 'synproxy-drop')) event.action = 'drop';
  else setAttr(event, 'pf_action', line.substring(from, to > from + 16 ? from + 16 : to));
}
