import { describe, expect, it } from 'vitest';
import { readHeaders, withHeader, withoutHeader } from './headers';
import { type Settings } from './settings';

/** What the functions read; the rest of the settings they carry along. */
function stored(count: number): Settings {
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  return {
    url: 'http://127.0.0.1:8123',
    jsonData: { maxRows: 5, ...Object.fromEntries(numbers.map((n) => [`httpHeaderName${n}`, `X-${n}`])) },
    secureJsonFields: {
      basicAuthPassword: true,
      ...Object.fromEntries(numbers.map((n) => [`httpHeaderValue${n}`, true])),
    },
  } as unknown as Settings;
}

describe('readHeaders', () => {
  it('reads names and whether a value is stored, up to the first gap, as the backend does', () => {
    const settings = stored(2);
    Reflect.set(settings.jsonData, 'httpHeaderName4', 'X-4');
    expect(readHeaders(settings)).toEqual([
      { name: 'X-1', value: '', stored: true },
      { name: 'X-2', value: '', stored: true },
    ]);
  });
});

describe('withHeader', () => {
  it('appends a header with a value typed in', () => {
    const out = withHeader(stored(1), 1, { name: 'X-Token', value: 'abc', stored: false });
    expect(readHeaders(out)).toEqual([
      { name: 'X-1', value: '', stored: true },
      { name: 'X-Token', value: 'abc', stored: false },
    ]);
    expect(out.secureJsonData).toEqual({ httpHeaderValue2: 'abc' });
  });

  it('renames a header and leaves its stored value stored', () => {
    const out = withHeader(stored(1), 0, { name: 'X-New', value: '', stored: true });
    expect(readHeaders(out)).toEqual([{ name: 'X-New', value: '', stored: true }]);
    expect(out.secureJsonData).toBeUndefined();
  });
});

describe('withoutHeader', () => {
  it('takes the last away, and leaves everything else', () => {
    const out = withoutHeader(stored(2), 1);
    expect(readHeaders(out)).toEqual([{ name: 'X-1', value: '', stored: true }]);
    expect(out.jsonData.maxRows).toBe(5);
    expect(out.secureJsonFields).toMatchObject({
      basicAuthPassword: true,
      httpHeaderValue1: true,
      httpHeaderValue2: false,
    });
    expect(out.secureJsonData).toEqual({ httpHeaderValue2: '' });
  });

  it('never leaves a stored value under the name of another header', () => {
    const out = withoutHeader(stored(3), 0);
    expect(readHeaders(out)).toEqual([
      { name: 'X-2', value: '', stored: false },
      { name: 'X-3', value: '', stored: false },
    ]);
    expect(out.secureJsonData).toEqual({ httpHeaderValue1: '', httpHeaderValue2: '', httpHeaderValue3: '' });
  });

  it('moves values typed in this session with their names', () => {
    let settings = withHeader(stored(1), 1, { name: 'X-Token', value: 'abc', stored: false });
    settings = withoutHeader(settings, 0);
    expect(readHeaders(settings)).toEqual([{ name: 'X-Token', value: 'abc', stored: false }]);
  });
});
