import type { Format } from '../feed.js';
import { cdb } from './cdb/parse.js';
import { csv } from './csv/parse.js';
import { dshield } from './dshield/parse.js';
import { misp, mispWarninglist } from './misp/parse.js';
import { otx } from './otx/parse.js';
import { netset, plain } from './plain/parse.js';
import { rpz } from './rpz/parse.js';
import { silk } from './silk/parse.js';
import { spamhaus } from './spamhaus/parse.js';
import { stix } from './stix/parse.js';
import { zeek } from './zeek/parse.js';

/** All formats, in the order of --help. */
export const FORMATS: readonly Format[] = [
  ...[otx, misp, mispWarninglist, stix, zeek, silk, rpz, cdb],
  ...[dshield, spamhaus, netset, plain, csv],
];
