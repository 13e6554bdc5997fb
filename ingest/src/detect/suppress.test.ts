import { expect, test } from 'vitest';
import { suppressor } from './suppress.js';

const rule = { network: '198.51.100.0/28', kind: '', port: 0, reason: 'our own scanner' };
const suspect = { kind: 'vertical', sources: ['::ffff:198.51.100.1'], minPort: 1, maxPort: 100 };

test('covers findings of its network alone, and only when all sources are in it', () => {
  const known = suppressor([rule]);
  expect(known(suspect)).toBe('our own scanner');
  expect(known({ ...suspect, sources: ['::ffff:198.51.100.99'] })).toBe('');
  expect(known({ ...suspect, sources: ['::ffff:198.51.100.1', '::ffff:198.51.100.99'] })).toBe('');
});

test('covers a kind or a port where it names one', () => {
  expect(suppressor([{ ...rule, kind: 'spike' }])(suspect)).toBe('');
  expect(suppressor([{ ...rule, port: 22 }])(suspect)).toBe('our own scanner');
  expect(suppressor([{ ...rule, port: 2222 }])(suspect)).toBe('');
  expect(suppressor([{ ...rule, network: '' }])({ ...suspect, sources: ['2001:db8::1'] })).toBe('our own scanner');
});

test('no rules cover nothing', () => expect(suppressor([])(suspect)).toBe(''));
