import { describe, expect, it } from 'vitest';
import { withParams } from './backendSrv';

describe('withParams', () => {
  it.each([
    ['/api/x', undefined, '/api/x'],
    ['api/x', {}, '/api/x'],
    ['/api/x', { a: 1, b: [2, 3], c: null, d: undefined, e: 'ä &' }, '/api/x?a=1&b=2&b=3&e=%C3%A4+%26'],
    ['/api/x?y=1', { a: false }, '/api/x?y=1&a=false'],
    ['http://h/x', { a: '' }, 'http://h/x?a='],
  ])('%s with %j is %s', (url, params, expected) => {
    expect(withParams(url, params)).toBe(expected);
  });
});
