import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Context } from '../dialect.js';
import { Field, fields } from './keys.js';

/** Message ids whose text does not say what became of the packet: a connection opened or closed, a web page fetched. */
const ALLOWED: ReadonlyMap<string, string> = new Map([
  ['97', ''],
  ['98', 'open'],
  ['537', 'close'],
]);
/** Bit of the category of attacks. */
export const ATTACK = '32';

/** Whether the line tells of a connection, by its id. */
export const isConnection = (line: string): boolean => ALLOWED.has(fields.text(line, Field.Id));

/**
 * What the firewall did: by `fw_action`, which SonicOS 6.5 and later print, else by the message's id or words. An attack
 * that is not said to be dropped is an alert. The words are the firmware's own, except in attacks' names.
 */
export function readAction(line: string, context: Context, event: Event): void {
  const message = fields.text(line, Field.Message);
  const attack = fields.is(line, Field.Category, ATTACK);
  if (attack) event.signature = message;
  const kind = ALLOWED.get(fields.text(line, Field.Id));
  if (kind !== undefined) setAttr(event, 'event', kind);
  const action = fields.text(line, Field.Action);
  if (action === 'drop') event.action = 'drop';
  else if (action === 'forward') event.action = 'allow';
  else if (kind !== undefined) event.action = 'allow';
  else {
    const said = context.actionOf(message);
    event.action = attack && said !== 'drop' && said !== 'reject' ? 'alert' : said;
  }
}
