import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../../store/fixture.case.js';
import { Named } from './bind.case.js';
import { entry, list, NOW } from './list.case.js';
import { ask, peer } from './peers.case.js';
import { rpz } from './rpz.js';
import { readPrevious, writeWhole } from './write.js';

const [checkzone, named, dig] = ['named-checkzone', 'named', 'dig'].map(peer);
const SKIPPED = 'zones are not tried on BIND: no named-checkzone, named or dig (FIREPLOT_RIVALS may name a folder)';
const missing = checkzone === undefined || named === undefined || dig === undefined;

const SIX = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

/** Shapes that an address may be written wrong in: zeros at either end, in the middle, twice, lone ones. */
const SHAPES = [
  ...['2001:db8::1', '2001:db8::', '2001:0:0:1::1', '2001:0:1::1:0:0', '2001:db8:0:1:1:1:1:1', '::1:2:3', '1::'],
  ...['2001:db8:1:2:3:4:5:6', '2001:0:1:0:1:0:1:0', '0:0:1:0:0:1:0:0', '2001:db8:0:0:1:0:0:1', '0:1:2:3:4:5:6:7'],
];

describe.skipIf(missing)(`a zone, held against BIND${missing ? ` (${SKIPPED})` : ''}`, () => {
  let folder: { path: string; remove: () => void };
  let server: Named;
  const zone = (): string => path.join(folder.path, 'rpz.db');
  const put = async (...args: Parameters<typeof list>): Promise<void> => {
    const previous = await readPrevious(zone());
    await writeWhole(zone(), rpz.write({ ...list(...args), previous }));
  };
  const answers = async (...clients: string[]): Promise<string[]> => {
    const all = await Promise.all(clients.map((client) => server.asked(dig!, client)));
    return all.map(({ output }) => /192\.0\.2\.80$/m.exec(output)?.[0] ?? /status: (\w+)/.exec(output)?.[1] ?? 'none');
  };
  beforeAll(async () => {
    folder = tempFolder('bind');
    await put([entry('127.0.0.2'), entry('127.0.0.9')], { policy: 'nxdomain' });
    server = await Named.start(named!, folder.path);
    await server.logged('rpz: rpz.test: reload done');
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  test.each([
    ['empty', []],
    ['of all shapes', [entry('192.0.2.7'), ...SHAPES.map((text) => entry(text))]],
  ])('named-checkzone takes one that is %s', async (_, entries) => {
    const file = path.join(folder.path, 'check.db');
    await writeWhole(file, rpz.write(list(entries)));
    const { code, output } = await ask(checkzone!, ['-i', 'full', 'rpz.test', file]);
    expect([code, output]).toEqual([0, expect.stringContaining(`loaded serial ${NOW / 1_000}`) as string]);
  });

  test('named-checkzone refuses one that is cut, so the check can fail', async () => {
    const file = path.join(folder.path, 'cut.db');
    await writeWhole(file, rpz.write(list([])).slice(0, 130));
    expect((await ask(checkzone!, ['rpz.test', file])).code).not.toBe(0);
  });

  test('a running named rewrites the answers of listed clients alone', async () => {
    expect(await answers('127.0.0.2', '127.0.0.9', '127.0.0.3')).toEqual(['NXDOMAIN', 'NXDOMAIN', '192.0.2.80']);
  });

  test('a list written over it comes into force at a reload, by its later serial', async () => {
    await put([entry('127.0.0.3'), ...SHAPES.map((text) => entry(text))], { policy: 'nodata' });
    await server.reload();
    expect(await answers('127.0.0.2', '127.0.0.3')).toEqual(['192.0.2.80', 'NOERROR']);
    expect(server.log).not.toMatch(/invalid rpz|not the canonical/i);
    await put([]);
    await server.reload();
    expect(await answers('127.0.0.2', '127.0.0.3')).toEqual(['192.0.2.80', '192.0.2.80']);
  });

  test.skipIf(!SIX)(`a client with an IPv6 address is told by its zz${SIX ? '' : ' (no ::1 here)'}`, async () => {
    expect(await answers('::1')).toEqual(['192.0.2.80']);
    await put([entry('::1')], { policy: 'nxdomain' });
    await server.reload();
    expect(await answers('::1', '127.0.0.2')).toEqual(['NXDOMAIN', '192.0.2.80']);
  });

  test('a dropped client hears nothing', async () => {
    await put([entry('127.0.0.4')], { policy: 'drop' });
    await server.reload();
    expect(await answers('127.0.0.3')).toEqual(['192.0.2.80']);
    expect((await server.asked(dig!, '127.0.0.4', 1)).output).toMatch(/timed out|no servers could be reached/);
  });
});
