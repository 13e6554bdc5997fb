import { ossecAr, wazuhAr } from './active-response.js';
import { cdb } from './cdb.js';
import type { Out } from './list.js';
import { mikrotik } from './mikrotik.js';
import { nftables } from './nftables.js';
import { plain } from './plain.js';
import { rpz } from './rpz.js';
import { silk } from './silk.js';
import { stix } from './stix.js';
import { zeek } from './zeek.js';

/** All formats that a list is written in, in the order of --help. */
export const OUTS: readonly Out[] = [zeek, silk, rpz, cdb, ossecAr, wazuhAr, nftables, mikrotik, plain, stix];
