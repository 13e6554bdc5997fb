import { isV4, networkText } from '../network.js';
import type { Out } from './list.js';

/**
 * An OSSEC or Wazuh list, `ADDRESS:KINDS`; keys with colons stand in quotes, which Wazuh alone reads. It knows no comments.
 * https://documentation.wazuh.com/current/user-manual/ruleset/cdb-list.html
 */
export const cdb: Out = {
  name: 'cdb',
  about: 'OSSEC or Wazuh CDB list, with the kinds of findings as values',
  write({ entries }) {
    const lines = entries.map(({ network, why }) => {
      const address = networkText(network);
      return `${isV4(network) ? address : `"${address}"`}:${why.join(',')}\n`;
    });
    return lines.join('');
  },
};
