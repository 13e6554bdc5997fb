import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import { actionOfWord } from '../fields/action.js';
import { MAX_UINT8 } from '../scan.js';
import { Field, fields } from './columns.js';

/** Events of Cisco's NSEL, and what an exporter says of them. */
const EVENTS: Readonly<Record<string, readonly [Event['action'], string]>> = {
  CREATE: ['allow', 'open'],
  ADD: ['allow', 'open'],
  DELETE: ['allow', 'close'],
  TERM: ['allow', 'close'],
  TERMINATE: ['allow', 'close'],
  UPDATE: ['allow', 'update'],
  DENIED: ['drop', ''],
  DENY: ['drop', ''],
  ALERT: ['alert', ''],
};

/** What became of the flow: said by a firewall's event, by pf, or by a router's forwarding status. Often nobody says it. */
export function readAction(line: string, event: Event): void {
  const word = fields.text(line, Field.FirewallEvent);
  if (Object.hasOwn(EVENTS, word)) {
    const [action, kind] = EVENTS[word]!;
    event.action = action;
    setAttr(event, 'event', kind);
  } else if (fields.has(Field.PfAction)) {
    event.action = actionOfWord(fields.text(line, Field.PfAction));
    fields.keep(line, Field.PfReason, event, 'reason');
  } else event.action = forwarded(line);
  event.rule = fields.text(line, Field.PfRule) || fields.text(line, Field.Acl);
  const way = fields.text(line, Field.PfDirection) || fields.text(line, Field.Direction);
  if (way === 'in' || way === 'I') event.direction = 'in';
  else if (way === 'out' || way === 'E') event.direction = 'out';
}

/** The two highest bits of IPFIX element 89: unknown, forwarded, dropped, consumed by the router itself. */
function forwarded(line: string): Event['action'] {
  const status = fields.number(line, Field.Forwarding, MAX_UINT8);
  return status < 64 ? 'unknown' : status >= 128 && status < 192 ? 'drop' : 'allow';
}
