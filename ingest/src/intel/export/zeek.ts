import { networkText } from '../network.js';
import { describe } from './list.js';
import type { Out } from './list.js';

const FIELDS = ['indicator', 'indicator_type', 'meta.source', 'meta.desc'];

/**
 * Zeek's intelligence framework: columns by tab, named in the first line; every column has a value.
 * https://docs.zeek.org/en/master/frameworks/intel.html
 */
export const zeek: Out = {
  name: 'zeek',
  about: 'Zeek intel file',
  write({ entries, name }) {
    const rows = entries.map((entry) => [networkText(entry.network), 'Intel::ADDR', name, describe(entry)].join('\t'));
    return [['#fields', ...FIELDS].join('\t'), ...rows, ''].join('\n');
  },
};
