import { UserError } from '../config/error.js';
import { networkText, readNetwork } from '../intel/network.js';
import { readAllowed, saveAllowed } from '../intel/store/allowed.js';
import { rebuild } from '../intel/store/dictionary.js';
import type { Run } from './intel.js';
import { EXIT_OK, printable, say } from './io.js';

/** `intel allow add NETWORK` */
export const addAllowed: Run = async ({ store }, [text = ''], { reason = '' }, io, now) => {
  const network = readNetwork(text);
  if (network === undefined) {
    throw new UserError(`"${text}" is no network: write ADDRESS or ADDRESS/BITS, for example 203.0.113.0/24.`);
  }
  await saveAllowed(store, { network: networkText(network), reason }, now);
  await rebuild(store, now);
  say(io, `${networkText(network)} is allowed: no feed makes it bad.`);
  return EXIT_OK;
};

/** `intel allow list` */
export const listAllowed: Run = async ({ store }, _, options, io) => {
  const allowed = await readAllowed(store);
  for (const one of allowed) {
    const text = options.json === true ? JSON.stringify(one) : printable(`${one.network.padEnd(40)}  ${one.reason}`);
    io.stdout.write(`${text.trimEnd()}\n`);
  }
  say(io, `${allowed.length} networks are allowed.`);
  return EXIT_OK;
};

/** `intel allow remove NETWORK` */
export const removeAllowed: Run = async ({ store }, [text = ''], _, io, now) => {
  const network = readNetwork(text);
  const wanted = network === undefined ? text : networkText(network);
  const found = (await readAllowed(store)).find((one) => one.network === wanted);
  if (found === undefined) {
    throw new UserError(`"${text}" is not on the allow list: fireplot intel allow list shows what is.`);
  }
  await saveAllowed(store, found, now, true);
  await rebuild(store, now);
  say(io, `${wanted} is no longer allowed.`);
  return EXIT_OK;
};
