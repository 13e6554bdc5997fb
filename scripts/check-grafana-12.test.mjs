import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { offences, PLUGINS, readList } from './check-grafana-12.mjs';
import { usageOf } from './grafana-12/usage.mjs';

const FIXTURE = path.join(import.meta.dirname, 'grafana-12/fixture/uses.tsx');

describe('check-grafana-12', () => {
  it('finds every new name, attribute and member, where it stands, and nothing else', () => {
    const expected = readFileSync(FIXTURE, 'utf8')
      .split('\n')
      .flatMap((line, i) => {
        const key = / lacks: (.+)$/.exec(line)?.[1];
        return key ? [`${i + 1}: ${key}`] : [];
      });
    expect(expected.length).toBeGreaterThan(8);
    const uses = usageOf(path.join(import.meta.dirname, '../datasource-plugin/tsconfig.json'), [FIXTURE]);
    expect(uses.map(({ key }) => key)).toContain('CoreApp.Explore');
    const found = offences(uses, readList()).map(({ at, key }) => `${at.slice(at.lastIndexOf(':') + 1)}: ${key}`);
    expect(found.sort()).toEqual(expected.sort());
  });

  it.each(PLUGINS)('finds nothing in %s', (plugin) => {
    const uses = usageOf(path.join(import.meta.dirname, '..', plugin, 'tsconfig.json'));
    expect(uses.length).toBeGreaterThan(50);
    expect(offences(uses, readList())).toEqual([]);
  });

  it('has a list that was made for the packages installed here', () => {
    const list = readList();
    expect(list.older).toMatch(/^12\.3\./);
    expect(list.names).toContain('data:generateUUID');
    expect(list.names).not.toContain('ui:Combobox');
  });
});
