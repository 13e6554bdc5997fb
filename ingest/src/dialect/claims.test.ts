import { describe, expect, test } from 'vitest';
import { formatFiles, formatFolders, formatLines, hasFormats, WHERE } from './formats.case.js';
import { DIALECTS } from './index.js';

describe.skipIf(!hasFormats)(`real lines of every device${WHERE}`, () => {
  test('are claimed by one dialect at most', () => {
    const twice: string[] = [];
    for (const folder of formatFolders()) {
      for (const file of formatFiles(folder)) {
        for (const line of formatLines(folder, file)) {
          const names = DIALECTS.filter((dialect) => dialect.claims(line)).map((dialect) => dialect.name);
          if (names.length > 1) twice.push(`${folder}/${file}: ${names.join()} ${line.slice(0, 200)}`);
        }
      }
    }
    expect(twice).toEqual([]);
  });

  test('are not taken for a Linux firewall or a router by mistake', () => {
    const strangers: Record<string, number> = {};
    for (const folder of formatFolders()) {
      for (const dialect of DIALECTS.filter(({ name }) => name === 'netfilter' || name === 'mikrotik')) {
        if (folder === dialect.name) continue;
        for (const file of formatFiles(folder)) {
          const count = formatLines(folder, file).filter((line) => dialect.claims(line)).length;
          if (count > 0) strangers[`${dialect.name} ${folder}/${file}`] = count;
        }
      }
    }
    // SuSEfirewall2, filed among the lines of other firewalls.
    expect(strangers).toEqual({ 'netfilter ciscoasa/logstashgrok__firewalls.log': 5 });
  });
});
