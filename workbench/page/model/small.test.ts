import { describe, expect, it } from 'vitest';
import { mergeFilter } from './adhoc';
import { nextRefId } from './refId';
import { timeText, urlTime } from './time';

describe('timeText and urlTime', () => {
  it.each([
    ['1795305600000', '2026-11-22T00:00:00.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
  ])('epoch ms %s is %s, and back', (ms, iso) => {
    expect(timeText(ms)).toBe(iso);
    expect(urlTime(iso)).toBe(ms);
  });

  it.each(['now', 'now-6h/d', '', 'yesterday'])('%j is left alone', (text) => {
    expect(timeText(text)).toBe(text);
    expect(urlTime(text)).toBe(text);
  });
});

describe('nextRefId', () => {
  it('is the first letter that is free, then two letters', () => {
    expect(nextRefId([])).toBe('A');
    expect(nextRefId(['A', 'C'])).toBe('B');
    const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
    expect(nextRefId(letters)).toBe('AA');
    expect(nextRefId([...letters, 'AA'])).toBe('AB');
  });
});

describe('mergeFilter', () => {
  const ssh = { key: 'dst_port', operator: '=', value: '22' };

  it('adds a filter on another key or value', () => {
    expect(mergeFilter([ssh], { ...ssh, value: '23' })).toEqual([ssh, { ...ssh, value: '23' }]);
  });

  it('turns a filter round instead of adding its opposite', () => {
    expect(mergeFilter([ssh], { ...ssh, operator: '!=' })).toEqual([{ ...ssh, operator: '!=' }]);
  });
});
