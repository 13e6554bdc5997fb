import { networkText } from '../network.js';
import type { List, Out } from './list.js';

/**
 * Arguments of OSSEC's active-response programs, a call a line: `add USER ADDRESS`. The lines hold no times and are in
 * the order of `LC_ALL=C sort`, so that comm tells what is new and what is over.
 * https://www.ossec.net/docs/docs/manual/ar/ar-custom.html
 */
export const ossecAr: Out = {
  name: 'ossec-ar',
  about: 'arguments of OSSEC active-response programs, a call a line',
  write: (list) => lines(list, (address) => `add - ${address}`),
};

/**
 * Messages that Wazuh 4.2 and later write to an active-response program's stdin, one a line.
 * https://documentation.wazuh.com/current/user-manual/capabilities/active-response/custom-active-response-scripts.html
 */
export const wazuhAr: Out = {
  name: 'wazuh-ar',
  about: 'messages to Wazuh active-response programs, JSON, one a line',
  write: (list) =>
    lines(list, (srcip) =>
      JSON.stringify({
        version: 1,
        origin: { name: list.name, module: 'wazuh-execd' },
        command: 'add',
        parameters: { extra_args: [], alert: { data: { srcip } }, program: 'active-response/bin/firewall-drop' },
      })
    ),
};

const lines = ({ entries }: List, line: (address: string) => string): string =>
  entries
    .map(({ network }) => `${line(networkText(network))}\n`)
    .sort((a, b) => (a < b ? -1 : 1))
    .join('');
