import { expect, test } from 'vitest';
import { entry, list, NOW } from './list.case.js';
import { nextSerial, rpz, serialOf } from './rpz.js';

const SECOND = NOW / 1_000;

test.each([
  ['the time', undefined, SECOND],
  ['the time, when the one before is earlier', SECOND - 1, SECOND],
  ['one more, when the same second is written again', SECOND, SECOND + 1],
  ['one more, when the clock went back', SECOND + 500, SECOND + 501],
  ['one more, when it counted dates before', 2_026_112_501, 2_026_112_502],
  ['one more, around the end of 32 bits', 0xffff_ffff, 0],
])('a serial is %s', (_, before, serial) => {
  // Around the end the time is still ahead in the arithmetic of serials only when it is less than half a circle away.
  const now = before === 0xffff_ffff ? 0xffff_ffff * 1_000 : NOW;
  expect(nextSerial(now, before)).toBe(serial);
});

test('a zone written over another has a later serial', () => {
  const first = rpz.write(list([entry('192.0.2.7')]));
  const second = rpz.write(list([], { previous: first }));
  const third = rpz.write(list([], { previous: second, now: NOW - 5_000 }));
  expect([first, second, third].map(serialOf)).toEqual([SECOND, SECOND + 1, SECOND + 2]);
});

test.each([
  ['', undefined],
  ['# another file\n', undefined],
  ['@ IN SOA a. b. x 2 3 4 5', undefined],
  ['@ IN SOA a. b. 4294967296 2 3 4 5', undefined],
  ['@ 60 IN SOA a. b. (\n 17 ; serial\n 2 3 4 5 )', 17],
])('the serial of %j is %s', (zone, serial) => {
  expect(serialOf(zone)).toBe(serial);
});
