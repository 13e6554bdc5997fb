import { describe, expect, it } from 'vitest';
import { ALL_SHOWN, cycleAll, cycleKind, overall, visibilityOf } from './visibility';

const KINDS = ['vertical', 'block'];

describe('the wishes of a viewer', () => {
  it('go from shown to dimmed to hidden and back, for all kinds', () => {
    const seen = [];
    for (let wishes = ALL_SHOWN, i = 0; i < 4; i++, wishes = cycleAll(wishes, KINDS)) {
      seen.push(overall(wishes, KINDS));
    }
    expect(seen).toEqual(['shown', 'dimmed', 'hidden', 'shown']);
  });

  it('hold for kinds that come later', () => {
    expect(visibilityOf(cycleAll(ALL_SHOWN, KINDS), 'painted')).toBe('dimmed');
    expect(overall(cycleAll(ALL_SHOWN, []), [])).toBe('dimmed');
  });

  it('go a step for one kind alone, and leave what they were given', () => {
    const one = cycleKind(ALL_SHOWN, 'block');
    expect([visibilityOf(one, 'block'), visibilityOf(one, 'vertical')]).toEqual(['dimmed', 'shown']);
    expect(visibilityOf(ALL_SHOWN, 'block')).toBe('shown');
    expect(visibilityOf(cycleKind(cycleKind(one, 'block'), 'block'), 'block')).toBe('shown');
  });

  it('are mixed when kinds differ, and all shown by the next click', () => {
    const mixed = cycleKind(ALL_SHOWN, 'block');
    expect(overall(mixed, KINDS)).toBe('mixed');
    expect(overall(cycleAll(mixed, KINDS), KINDS)).toBe('shown');
  });
});
