import type { Action } from '../../event/event.js';

/** What became of a session or packet, in `action` (FortiOS 5 and later) or `status` (before); also CEF's `act`. */
const ACTIONS = new Map<string, Action>([
  ...words('drop', 'deny denied drop dropped block blocked clear_session quarantine blackhole discard'),
  ...words('reject', 'reject reset reset_client reset_server reset-client reset-server'),
  ...words('alert', 'detected detect monitored monitor log-only alert'),
  // Names how a session ended, which a policy had let through.
  ...words('allow', 'close timeout client-rst server-rst ip-conn dns start'),
  ...words('allow', 'accept allow allowed pass passthrough permit exempt filtered'),
]);

function words(action: Action, list: string): readonly (readonly [string, Action])[] {
  return list.split(' ').map((word) => [word, action] as const);
}

/** Subtypes that only speak when something is wrong: what they let pass is an alert. */
const ALARMING = new Set(['ips', 'signature', 'anomaly', 'virus', 'infected', 'waf', 'attack']);

/** The action of a word, `subtype` being what the line is about. */
export function actionFor(word: string, subtype: string): Action {
  const action = ACTIONS.get(word) ?? 'unknown';
  return action === 'allow' && ALARMING.has(subtype) ? 'alert' : action;
}

const LEVELS = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'information', 'debug'];

/** Syslog's number of a level, 0 when it is none. */
export const severityOf = (level: string): number => Math.max(LEVELS.indexOf(level), 0);
