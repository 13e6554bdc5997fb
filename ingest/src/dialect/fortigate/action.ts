import type { Action } from '../../event/event.js';
import { actionOfWord } from '../fields/action.js';

/** Subtypes that only speak when something is wrong: what they let pass is an alert. */
const ALARMING = new Set(['ips', 'signature', 'anomaly', 'virus', 'infected', 'waf', 'attack']);

/** The action of a word in `action` (`status` before FortiOS 5), `subtype` being what the line is about. */
export function actionFor(word: string, subtype: string): Action {
  const action = actionOfWord(word);
  return action === 'allow' && ALARMING.has(subtype) ? 'alert' : action;
}

const LEVELS = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'information', 'debug'];

/** Syslog's number of a level, 0 when it is none. */
export const severityOf = (level: string): number => Math.max(LEVELS.indexOf(level), 0);
