import type { Action } from '../../event/event.js';
import { actionOfWord } from '../fields/action.js';
import { jsonText } from '../fields/json.js';
import { MAX_UINT8 } from '../scan.js';
import { Field, fields } from './keys.js';

/** `disposition_id`: what a control did in the end. Those that are left out are about files. */
const DISPOSITIONS: Readonly<Record<number, Action>> = {
  1: 'allow',
  2: 'drop',
  6: 'drop',
  15: 'alert',
  17: 'alert',
  19: 'alert',
  21: 'reject',
  25: 'reject',
};

/** `action_id`: 3 is observed, 4 modified. */
const ACTIONS: Readonly<Record<number, Action>> = { 1: 'allow', 2: 'drop' };

/** A network activity's `activity_id` of a refused connection. */
const REFUSE = 5;
const OTHER = 99;

/** What became of the packet: by numbers, and by their words where those are of another list. */
export function readAction(line: string): Action {
  const disposition = fields.number(line, Field.DispositionId, MAX_UINT8);
  const action = fields.number(line, Field.ActionId, MAX_UINT8);
  const known = DISPOSITIONS[disposition] ?? ACTIONS[action];
  if (known !== undefined) return known;
  const words = [Field.Disposition, Field.Action].map((field) => actionOfWord(jsonText(line, fields, field)));
  const said = words.find((word) => word !== 'unknown');
  if (said !== undefined && (disposition === OTHER || action === OTHER || disposition + action === -2)) return said;
  return fields.number(line, Field.ActivityId, MAX_UINT8) === REFUSE ? 'reject' : 'unknown';
}
