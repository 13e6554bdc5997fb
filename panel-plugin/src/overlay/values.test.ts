import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesFrom, curveFrom, numberFrom, textFrom, timeFrom, truthFrom } from './values';

describe('textFrom', () => {
  it('keeps one line of text, and what looks like markup as text', () => {
    expect(textFrom(' <b>x</b>\n\ty ')).toBe('<b>x</b> y');
  });

  it('drops what turns the direction of text or draws nothing', () => {
    expect(textFrom('a\u202Eb\u0000c\u200B')).toBe('a b c');
  });

  it('cuts long texts, and has none for other values', () => {
    expect(textFrom('x'.repeat(5000)).length).toBeLessThanOrEqual(200);
    expect([null, undefined, 5, {}].map(textFrom)).toEqual(['', '', '', '']);
  });
});

describe('numberFrom and timeFrom', () => {
  it('take numbers, also as text', () => {
    expect([numberFrom(5), numberFrom('18446744073709551615'), numberFrom('0.5')]).toEqual([5, 2 ** 64, 0.5]);
    expect([timeFrom(1000), timeFrom('1970-01-01T00:00:01Z')]).toEqual([1000, 1000]);
  });

  it('take nothing else', () => {
    expect([null, '', 'x', NaN, Infinity, [], true].map(numberFrom)).toEqual(new Array(7).fill(undefined));
    expect([null, '', 'yesterday'].map(timeFrom)).toEqual([undefined, undefined, undefined]);
  });
});

describe('truthFrom', () => {
  it('knows how databases write it', () => {
    expect([true, 1, '1', 'true'].every(truthFrom)).toBe(true);
    expect([false, 0, '0', 'false', null, '', 'yes'].some(truthFrom)).toBe(false);
  });
});

describe('addressesFrom', () => {
  it('reads JSON, arrays and a lone address', () => {
    expect(addressesFrom('["192.0.2.1","2001:db8::1"]')).toEqual(['192.0.2.1', '2001:db8::1']);
    expect(addressesFrom(['192.0.2.1', '192.0.2.1'])).toEqual(['192.0.2.1']);
    expect(addressesFrom('192.0.2.1')).toEqual(['192.0.2.1']);
  });

  it('has none where there are none, and a bounded number of them', () => {
    expect([null, '', '[]', '[1,null,{}]', 7].map(addressesFrom)).toEqual([[], [], [], [], []]);
    expect(addressesFrom(Array.from({ length: 10_000 }, (_, i) => `${i}`)).length).toBeLessThanOrEqual(200);
  });
});

describe('curveFrom', () => {
  it('reads knots, and puts them in time order', () => {
    expect(curveFrom('[[2,80],[1,22]]')).toEqual([
      [1, 22],
      [2, 80],
    ]);
  });

  it('has no curve for what is none', () => {
    expect(['', '[]', '[[1', '{"a":1}', 'null', '[1,2]', null].map(curveFrom)).toEqual(new Array(7).fill([]));
  });

  it('leaves out knots that are none', () => {
    expect(curveFrom('[[1,22],[null,23],[3,70000],["x",1],[4,1.5],[5,80]]')).toEqual([
      [1, 22],
      [5, 80],
    ]);
  });

  it('keeps both ends of a curve that it thins', () => {
    const long = Array.from({ length: 5000 }, (_, i) => [i, 1 + i]);
    const curve = curveFrom(JSON.stringify(long));
    expect(curve.length).toBeLessThanOrEqual(256);
    expect([curve[0], curve.at(-1)]).toEqual([long[0], long.at(-1)]);
  });

  it('never throws, whatever a field holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.anything()), (value) => {
        for (const [time, port] of curveFrom(value)) {
          expect(Number.isFinite(time) && port >= 0 && port <= 65535).toBe(true);
        }
        expect(addressesFrom(value).every((one) => typeof one === 'string')).toBe(true);
      }),
      { seed: 6, numRuns: 500 }
    );
  });
});
