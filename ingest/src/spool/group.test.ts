import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scan, seedOf } from './chunk.js';
import { decodeGroup, encodeGroup } from './group.js';
import type { Group, Mark } from './group.js';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const refused = fc.record({
  sensor: text,
  dialect: text,
  reason: text,
  count: fc.nat(),
  lines: fc.array(fc.record({ received: fc.nat(), text }), { maxLength: 3 }),
});
const mark: fc.Arbitrary<Mark> = fc.tuple(text, text, fc.option(fc.nat(), { nil: null }));

const group: fc.Arbitrary<Group> = fc.record({
  rows: fc.nat(),
  minTime: fc.nat(),
  maxTime: fc.nat(),
  bytes: fc.uint8Array({ maxLength: 300 }),
  extras: fc.record(
    { refused: fc.array(refused, { maxLength: 3 }), marks: fc.array(mark, { maxLength: 3 }), inputs: fc.array(text) },
    { requiredKeys: [] }
  ),
  closes: fc.boolean(),
});

test('a group is read back as it was written, whatever room there was for it', () => {
  fc.assert(
    fc.property(group, fc.nat(600), fc.uint8Array({ maxLength: 40 }), (written, room, before) => {
      const seed = seedOf('token');
      const bytes = encodeGroup(written, seed, Buffer.alloc(room), before);
      expect(bytes.subarray(0, before.length)).toEqual(Buffer.from(before));
      const { chunks } = scan(bytes.subarray(before.length), seed);
      expect(chunks).toHaveLength(1);
      const [{ start, end } = { start: 0, end: 0 }] = chunks;
      const read = decodeGroup(bytes.subarray(before.length), start, end);
      expect({ ...read, bytes: Uint8Array.from(read.bytes) }).toEqual(written);
    }),
    { seed: 1 }
  );
});
