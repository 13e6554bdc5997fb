import { describe, expect, test } from 'vitest';
import { UserError } from '../../../config/error.js';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { csv } from './parse.js';

const SAMPLE =
  'ip;confidence;labels;seen;note\r\n198.51.100.7;90;"a,b";2026-11-01;"says ""no""; twice"\r\n2001:db8::/32;;;;\r\n# x\r\nno body;1;;;\r\n';
const map = 'indicator=ip,score=confidence,tags=labels,last_seen=seen,comment=note';

describe('csv', () => {
  test('reads columns by name', () => {
    expect(found(csv, SAMPLE, { map })).toEqual(['198.51.100.7', '2001:db8::/32']);
    const parsed = csv.parse([SAMPLE], { map });
    expect(counts(parsed)).toEqual([1, 0, undefined]);
    expect(parsed.bad[0]?.at).toBe(5);
    expect(parsed.indicators[0]).toMatchObject({
      score: 90,
      tags: ['a', 'b'],
      lastSeen: Date.UTC(2026, 10, 1),
      comment: 'says "no"; twice',
    });
    expect(parsed.indicators[1]?.score).toBeUndefined();
  });

  test('reads columns by number, without a head', () => {
    expect(found(csv, 'x,192.0.2.1\ny,192.0.2.2-192.0.2.3', { map: 'indicator=2' })).toEqual([
      '192.0.2.1',
      '192.0.2.2/31',
    ]);
    expect(found(csv, '192.0.2.1,x\n')).toEqual(['192.0.2.1']);
  });

  test('sees that it ends within quotes', () => {
    expect(csv.parse(['192.0.2.1,"x'], {}).truncated).toBe('it ends within quotes');
  });

  test.each(['ip', 'indicator=', 'score=2', 'colour=1,indicator=2', 'indicator=nowhere'])(
    'refuses the mapping %s',
    (wrong) => {
      expect(() => csv.parse([SAMPLE], { map: wrong })).toThrow(UserError);
    }
  );

  test('holds on any text', () => holdsOnAnyText(csv, SAMPLE));
});
