import { FieldType, toDataFrame, type FieldDTO } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { bars } from './bars';

const label = { name: 'port', type: FieldType.string, values: ['22', '23'] };
const number = (values: unknown[], hidden = false): FieldDTO => ({
  name: 'n',
  type: FieldType.number,
  values,
  config: { custom: { hideFrom: { viz: hidden } } },
});
const frame = (fields: FieldDTO[]) => toDataFrame({ fields });

describe('bars', () => {
  it('is as wide as the largest value, or as the largest sum when stacked', () => {
    const frames = [frame([label, number([1, 5]), number([4, 2])])];
    expect(bars(frames, false)?.max).toBe(5);
    expect(bars(frames, true)?.max).toBe(7);
  });

  it('counts what has no size as nothing, and leaves out hidden fields', () => {
    const chart = bars([frame([label, number([null, -3]), number([NaN, 2]), number([9, 9], true)])], false);
    expect([chart?.max, chart?.numbers.length]).toEqual([2, 2]);
  });

  it('takes a time as label where there is no text, and the first frame that will do', () => {
    const time = { name: 't', type: FieldType.time, values: [1] };
    expect(bars([frame([label]), frame([time, number([3])])], false)?.label.name).toBe('t');
  });

  it('is null when nothing will do', () => {
    expect(bars([], false)).toBeNull();
    expect(bars([frame([number([1])]), frame([label])], false)).toBeNull();
  });
});
