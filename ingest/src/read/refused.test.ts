import { describe, expect, test } from 'vitest';
import { countReasons, Refused } from './refused.js';

describe('Refused', () => {
  test('counts every line by sensor, dialect and reason, and keeps the first of each', () => {
    const refused = new Refused();
    for (let i = 0; i < 1_000; i++) refused.add('fw', '', 'unclaimed', i, () => `line ${i}`);
    refused.add('fw', 'netfilter', 'bad-port', 5, () => 'bad');
    expect(refused.count).toBe(1_001);
    const [unclaimed, bad] = refused.take();
    expect(unclaimed).toMatchObject({ sensor: 'fw', dialect: '', reason: 'unclaimed', count: 1_000 });
    expect(unclaimed?.lines).toHaveLength(20);
    expect(unclaimed?.lines[19]).toEqual({ received: 19, text: 'line 19' });
    expect(bad).toEqual({
      sensor: 'fw',
      dialect: 'netfilter',
      reason: 'bad-port',
      count: 1,
      lines: [{ received: 5, text: 'bad' }],
    });
    expect([refused.count, refused.take()]).toEqual([0, []]);
  });

  test('does not decode lines that are not kept', () => {
    const refused = new Refused();
    let decoded = 0;
    for (let i = 0; i < 100; i++) refused.add('fw', '', 'unclaimed', 0, () => `${decoded++}`);
    expect(decoded).toBe(20);
  });

  test('stays bounded under a flood of senders, and counts exactly', () => {
    const refused = new Refused();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 5_000; i++) refused.add(`sensor ${i}`, '', 'unclaimed', 0, () => 'x');
    }
    const groups = refused.take();
    expect(groups.length).toBeLessThanOrEqual(201);
    expect(groups.find(({ sensor }) => sensor === 'sensor 0')?.count).toBe(2);
    expect(countReasons(groups)).toEqual(new Map([['unclaimed', 10_000]]));
  });
});
