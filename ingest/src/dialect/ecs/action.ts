import type { Action } from '../../event/event.js';
import type { Context } from '../dialect.js';
import { actionOfWord } from '../fields/action.js';
import { hasWord, jsonText } from '../fields/json.js';
import { Field, fields } from './keys.js';

/**
 * What became of the packet. An intrusion's alert is one unless the packet was denied; then the schema's own `event.type`
 * decides, then the device's word, and last whether it came to a good end.
 */
export function actionOf(line: string, context: Context): Action {
  const word = jsonText(line, fields, Field.Action);
  const said = actionOfWord(word) === 'unknown' ? context.actionOf(word) : actionOfWord(word);
  if (hasWord(line, fields, Field.Type, 'denied')) return said === 'reject' ? 'reject' : 'drop';
  if (said === 'drop' || said === 'reject') return said;
  if (fields.is(line, Field.Kind, 'alert')) return 'alert';
  if (hasWord(line, fields, Field.Type, 'allowed')) return 'allow';
  if (said !== 'unknown') return said;
  if (hasWord(line, fields, Field.Category, 'intrusion_detection')) return 'alert';
  if (fields.is(line, Field.Outcome, 'failure')) return 'drop';
  return 'unknown';
}
