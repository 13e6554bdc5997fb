import { describe, expect, test } from 'vitest';
import { actionRules } from './actions.js';

describe('actionRules', () => {
  test.each([
    ['UFW BLOCK', 'drop'],
    ['[UFW LIMIT BLOCK] ', 'drop'],
    ['UFW ALLOW', 'allow'],
    ['DROP-INPUT', 'drop'],
    ['iptables DROP_INPUT', 'drop'],
    ['FINAL_REJECT: ', 'reject'],
    ['filter_IN_public_DROP', 'drop'],
    ['drop !LAN', 'drop'],
    ['Denied by rule 7', 'drop'],
    ['policy accept', 'allow'],
    ['SFW2-INext-ACC-TCP', 'allow'],
    ['Permit/vpn', 'allow'],
    ['pass', 'allow'],
  ])('%j means %s by its words', (prefix, action) => {
    expect(actionRules()(prefix)).toBe(action);
  });

  test.each([
    '',
    'UFW AUDIT',
    'raindrop',
    'blocklist',
    'passwd',
    'Inbound',
    'drop2',
    'naccept',
    'constructor',
    'dropé',
  ])('%j tells nothing', (prefix) => {
    expect(actionRules()(Buffer.from(prefix).toString('latin1'))).toBe('unknown');
  });

  test('the first word that tells an action decides', () => {
    expect(actionRules()('drop, not allowed')).toBe('drop');
    expect(actionRules()('allowed: drop-list miss')).toBe('allow');
  });

  test("the user's rules come first, in their order, as whole words in any case", () => {
    const actionOf = actionRules([
      { match: 'Geo-Filter', action: 'drop' },
      { match: 'geo', action: 'allow' },
      { match: 'drop', action: 'alert' },
    ]);
    expect(actionOf('in geo-filter: DE')).toBe('drop');
    expect(actionOf('geo: DE')).toBe('allow');
    expect(actionOf('DROP-INPUT')).toBe('alert');
    expect(actionOf('geology')).toBe('unknown');
    expect(actionOf('geology geo')).toBe('allow');
  });

  test('an empty rule means nothing', () => {
    expect(actionRules([{ match: '', action: 'drop' }])('accept')).toBe('allow');
  });

  test('a flood of prefixes changes no answer', () => {
    const actionOf = actionRules();
    for (let i = 0; i < 5_000; i++)
      expect(actionOf(`rule ${i} ${i % 2 ? 'drop' : 'accept'}`)).toBe(i % 2 ? 'drop' : 'allow');
    expect(actionOf('rule 1 drop')).toBe('drop');
    expect(actionOf(`${'x'.repeat(100_000)} drop`)).toBe('drop');
  });
});
