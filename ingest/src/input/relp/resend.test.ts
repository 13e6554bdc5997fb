import { describe, expect, test } from 'vitest';
import { DiskIntake } from '../tls/disk-intake.case.js';
import { Resend } from './resend.js';
import { hashOf, Tail, TAIL_LENGTH, Tails } from './tails.js';

/** Each letter is a message. @returns how many were repeated, of which tail, and whether more may change that */
function judge(tails: readonly string[], messages: string): [number, number, boolean] {
  const resend = new Resend(tails.map((tail) => [...tail]));
  let open = true;
  for (const message of messages) open = resend.see(message);
  return [resend.repeated, resend.tail, open];
}

describe('Resend', () => {
  test.each([
    ['all that was stored', ['abcd'], 'abcd', [4, 0, false]],
    ['its end', ['abcd'], 'cd', [2, 0, false]],
    ['its last message', ['abcd'], 'd', [1, 0, false]],
    ['its end, and then new ones', ['abcd'], 'cdef', [2, 0, false]],
    ['the end of one of several', ['abcd', 'wxyz'], 'yz', [2, 1, false]],
    ['the longest of several ends', ['ababab'], 'abab', [4, 0, true]],
    ['the longest, and then new ones', ['ababab'], 'ababx', [4, 0, false]],
    ['a message of all', ['aaa'], 'a', [1, 0, true]],
    ['nothing', ['abcd'], 'x', [0, -1, false]],
    ['a piece that is not the end', ['abcd'], 'bcx', [0, -1, false]],
    ['a begin that goes on', ['abcd'], 'ab', [0, -1, true]],
    ['nothing, without tails', [], 'x', [0, -1, false]],
  ])('finds that a session begins with %s', (_, tails, messages, expected) => {
    expect(judge(tails, messages)).toEqual(expected);
  });

  test('takes two different messages in a row for a resend under way, and one or alike ones for chance', () => {
    const underWay = (tail: string, messages: string): number | undefined => {
      const resend = new Resend([[...tail]]);
      for (const message of messages) resend.see(message);
      return resend.underWay?.next;
    };
    expect(underWay('abcd', 'ab')).toBe(2);
    expect(underWay('abcd', 'a')).toBeUndefined();
    expect(underWay('aaab', 'aa')).toBeUndefined();
    expect(underWay('abcd', 'ax')).toBeUndefined();
  });
});

describe('Tails', () => {
  const SENDER = '10.0.0.1';
  const hash = (n: number): string => hashOf(Buffer.from(`message ${n}`), 0, 100);

  test.each([1, 127, 128, 129, 1_024, 1_025, 5_000])('know the last of %i messages again after a restart', (count) => {
    const intake = new DiskIntake();
    const tails = new Tails(intake);
    tails.use(SENDER);
    const tail = tails.renew(SENDER);
    for (let n = 0; n < count; n++) {
      tail.push(hash(n));
      if (n % 37 === 0) tails.save(SENDER, tail);
    }
    tails.save(SENDER, tail);
    const again = new Tails(intake);
    again.use(SENDER);
    const [known, ...others] = again.of(SENDER);
    const hashes = known?.hashes() ?? [];
    expect(others).toEqual([]);
    expect(hashes).toEqual(tail.hashes().slice(-hashes.length));
    expect(hashes.length).toBeGreaterThanOrEqual(Math.min(count, (TAIL_LENGTH * 7) / 8));
    known?.push(hash(count));
    expect(known?.hashes().at(-1)).toBe(hash(count));
  });

  test('mark little for a few messages more', () => {
    const tail = new Tail('id');
    for (let n = 0; n < 1_000; n++) tail.push(hash(n));
    tail.changes();
    tail.push(hash(1_000));
    expect(tail.changes().map(({ value }) => value.length)).toEqual([expect.any(Number)]);
    expect(tail.changes()).toEqual([]);
  });

  test('forget a tail whose client has all its answers, and keep the others', () => {
    const intake = new DiskIntake();
    const tails = new Tails(intake);
    tails.use(SENDER);
    const [one, other] = [tails.renew(SENDER), tails.renew(SENDER)];
    for (const tail of [one, other]) {
      tail.push(hash(tail === one ? 1 : 2));
      tails.save(SENDER, tail);
    }
    tails.forget(SENDER, one);
    const again = new Tails(intake);
    again.use(SENDER);
    expect(again.of(SENDER).map((tail) => tail.hashes())).toEqual([[hash(2)]]);
  });

  test('have a bound for each sender', () => {
    const intake = new DiskIntake();
    const tails = new Tails(intake);
    tails.use(SENDER);
    for (let n = 0; n < 200; n++) {
      const tail = tails.renew(SENDER);
      tail.push(hash(n));
      tails.save(SENDER, tail);
    }
    expect(tails.of(SENDER)).toHaveLength(64);
    expect(tails.of(SENDER)[0]?.hashes()).toEqual([hash(199)]);
    expect([...intake.disk.marks.values()].filter((value) => value !== '').length).toBeLessThan(70);
  });
});
