import type { Action } from '../../event/event.js';

/** Words of many vendors for what became of a packet or session, in lower case. */
const ACTIONS = new Map<string, Action>([
  ...words(
    'drop',
    'deny denied drop dropped block blocked prevent prevented discard blackhole clear_session quarantine'
  ),
  ...words('drop', 'drop-all drop-icmp drop-packet drop-all-packets random-drop block-ip block-url sinkhole terminate'),
  ...words('drop', 'block-continue block-override bypass-drop'),
  ...words('reject', 'reject rejected reset reset_client reset_server reset-client reset-server reset-both tcp-reset'),
  ...words('alert', 'alert detected detect monitored monitor log-only syncookie-sent'),
  // How a session ended that was let through: FortiGate.
  ...words('allow', 'close timeout client-rst server-rst ip-conn dns start'),
  ...words('allow', 'accept accepted allow allowed pass passed passthrough permit permitted exempt filtered forward'),
  ...words('allow', 'continue override encrypt decrypt bypass redirect trust wildfire-upload-success'),
]);

function words(action: Action, list: string): readonly (readonly [string, Action])[] {
  return list.split(' ').map((word) => [word, action] as const);
}

/** The action of a word in any case, 'unknown' when it is none of them. */
export const actionOfWord = (word: string): Action => ACTIONS.get(word) ?? ACTIONS.get(word.toLowerCase()) ?? 'unknown';
