import { networkText } from '../network.js';
import type { Out } from './list.js';
import { head } from './plain.js';

/** Input of rwsetbuild: an address a line, `#` begins a comment. https://tools.netsa.cert.org/silk/rwsetbuild.html */
export const silk: Out = {
  name: 'silk',
  about: "input of SiLK's rwsetbuild",
  write: (list) => [...head(list), ...list.entries.map(({ network }) => networkText(network)), ''].join('\n'),
};
