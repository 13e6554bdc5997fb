import fc from 'fast-check';
import { describe, test } from 'vitest';
import { newEvent, reset } from '../event/event.js';
import { checkEvent } from './check.case.js';
import { REASONS, type Reason } from './dialect.js';
import { TEST_CONTEXT } from './formats.case.js';
import { mutated } from './hostile/mutate.case.js';
import { DIALECTS } from './index.js';
import { readSamples } from './samples.case.js';

/** Titles of dialects whose samples, one line each, have none. */
const TITLES: readonly string[] = [
  'sIP|dIP|sPort|dPort|pro|flags|sTime|type|',
  'sIP,dIP,dPort,protocol,iType,iCode,sTime',
  'firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows',
  'dstAddr,dstPort,event,icmpCode,icmpTYpe,proto,flags',
  'version srcaddr dstaddr srcport dstport protocol start end action log-status tcp-flags',
  'interface-id pkt-srcaddr pkt-dstaddr',
  '#separator \\x09',
  '#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state',
];

describe('a reader with a memory', () => {
  const event = newEvent();
  test.each(
    DIALECTS.filter((dialect) => dialect.open !== undefined).map((dialect) => [dialect.name, dialect] as const)
  )('of %s gives a verdict for any lines in any order, and events within their types', (name, dialect) => {
    const folder = new URL(`./${name}/`, import.meta.url).href;
    const lines = ['samples.log', 'refused.log'].flatMap((file) => readSamples(folder, file).map(({ line }) => line));
    const all = [...lines, ...TITLES];
    const line = fc.oneof(fc.constantFrom(...TITLES), fc.constantFrom(...all), mutated(all));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (some) => {
        const reader = dialect.open!();
        for (const each of some) {
          if (!reader.claims(each)) continue;
          reset(event);
          const verdict = reader.parse(each, TEST_CONTEXT, event);
          if (verdict === 'ok') checkEvent(event);
          else if (verdict !== 'header' && !REASONS.includes(verdict as Reason)) throw new Error(`${verdict}: ${each}`);
        }
      }),
      { seed: 20_261_122, numRuns: 1_500 }
    );
  });
});
