import { expect, test } from 'vitest';
import { dropsIn, kernelDrops } from './kernel-drops.js';

const TABLE = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  101: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 39105 2 0000000000000000 17
  102: 00000000:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 39106 2 0000000000000000 3
  103: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 39107 2 0000000000000000 99
`;

test('dropsIn sums the drops of the sockets on a port', () => {
  expect(dropsIn(TABLE, 5514)).toBe(20);
  expect(dropsIn(TABLE, 68)).toBe(99);
  expect(dropsIn(TABLE, 1)).toBe(0);
});

test.runIf(process.platform === 'linux')('kernelDrops is a number on Linux', async () => {
  expect(await kernelDrops(1)).toBe(0);
});
