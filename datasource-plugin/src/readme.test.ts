import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');

describe('README', () => {
  it('has every macro that the backend knows, and none that it does not', () => {
    const registry = read('../pkg/macro/registry.go');
    const known = [...registry.matchAll(/(?:\b(?:one|two|none)\(|\{name: )"(\w+)"/g)].map((match) => `$__${match[1]}`);
    expect(known.length).toBeGreaterThan(15);
    const named = read('README.md').match(/\$__(?!all\b)\w+/g) ?? [];
    expect([...new Set(named)].sort()).toEqual([...new Set(known)].sort());
  });
});
