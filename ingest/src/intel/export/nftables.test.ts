import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../../store/fixture.case.js';
import { entry, list, NOW } from './list.case.js';
import { nftables } from './nftables.js';
import { ask, peer } from './peers.case.js';
import { writeWhole } from './write.js';

const [nft, unshare, shell] = ['nft', 'unshare', 'sh'].map(peer);
/** A network namespace of its own: nothing of this machine's firewall is read or written. */
const APART = ['unshare', '--user', '--map-root-user', '--net'];
const works = nft !== undefined && unshare !== undefined && (await ask(nft, ['list', 'ruleset'], APART)).code === 0;
const SKIPPED = 'sets are not tried on nft: none here, or no namespaces (FIREPLOT_RIVALS may name a folder)';

describe.skipIf(!works)(`sets, held against nft${works ? '' : ` (${SKIPPED})`}`, () => {
  let folder: { path: string; remove: () => void };
  beforeAll(() => void (folder = tempFolder('nft')));
  afterAll(() => folder.remove());
  const file = async (...args: Parameters<typeof list>): Promise<string> => {
    const place = path.join(folder.path, `${Math.random()}.nft`);
    await writeWhole(place, nftables.write(list(...args)));
    return place;
  };
  const many = Array.from({ length: 1_200 }, (_, i) => entry(`198.${20 + (i >> 8)}.100.${i & 255}`));

  test.each([
    ['empty', []],
    ['for ever', [entry('192.0.2.7', { expires: undefined }), entry('2001:db8::1', { expires: undefined })]],
    ['long', many],
  ])('nft -c takes a list that is %s', async (_, entries) => {
    expect(await ask(nft!, ['-c', '-f', await file(entries)], APART)).toEqual({ code: 0, output: '' });
  });

  test('nft -c refuses one that is cut, so the check can fail', async () => {
    const place = await file([entry('192.0.2.7')]);
    await writeWhole(place, nftables.write(list([entry('192.0.2.7')])).slice(0, -110));
    expect((await ask(nft!, ['-c', '-f', place], APART)).code).not.toBe(0);
  });

  test('a list loaded over another takes its place, with timeouts, under rules that use it', async () => {
    const first = await file([entry('192.0.2.1'), entry('192.0.2.2'), entry('2001:db8::1')]);
    const second = await file([entry('192.0.2.2'), entry('192.0.2.3', { expires: NOW + 7_500 })]);
    const rules = [
      'add chain inet fireplot input { type filter hook input priority -10; }',
      'add rule inet fireplot input ip saddr @fireplot_v4 counter drop',
    ];
    const nftWith = (args: string): string => `"${nft!.file}" ${args}`;
    const steps = [nftWith(`-f ${first}`), ...rules.map((rule) => nftWith(`'${rule}'`)), nftWith(`-f ${second}`)];
    const script = [...steps, nftWith('list table inet fireplot')].join(' && ');
    const { code, output } = await ask({ file: shell!.file, env: nft!.env }, ['-c', script], APART);
    expect([code, output]).toEqual([0, expect.stringContaining('ip saddr @fireplot_v4') as string]);
    expect(output).toMatch(/192\.0\.2\.2 timeout 5d expires 4d23h59m/);
    expect(output).toMatch(/192\.0\.2\.3 timeout 8s expires [78]/);
    expect(output).not.toMatch(/192\.0\.2\.1 |2001:db8::1/);
  });
});
