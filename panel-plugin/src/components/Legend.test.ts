import { describe, expect, it } from 'vitest';
import { alone, toggled } from './Legend';

const CLASSES = [0, 1, 4].map((id) => ({ id, name: String(id), counts: new Float64Array(), total: 1 }));
const hidden = (...ids: number[]): ReadonlySet<number> => new Set(ids);

describe('alone', () => {
  it('hides all others, whatever was hidden before', () => {
    expect(alone(CLASSES, hidden(), 1)).toEqual(hidden(0, 4));
    expect(alone(CLASSES, hidden(1), 1)).toEqual(hidden(0, 4));
    expect(alone(CLASSES, hidden(0), 1)).toEqual(hidden(0, 4));
  });

  it('shows all again when the class is alone already', () => {
    expect(alone(CLASSES, hidden(0, 4), 1)).toEqual(hidden());
  });
});

describe('toggled', () => {
  it('hides and shows one, and leaves the set it was given alone', () => {
    const before = hidden(0);
    expect(toggled(before, 1)).toEqual(hidden(0, 1));
    expect(toggled(before, 0)).toEqual(hidden());
    expect(before).toEqual(hidden(0));
  });
});
