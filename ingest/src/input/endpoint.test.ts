import { expect, test } from 'vitest';
import { formatEndpoint, listenError, parseEndpoint, parseHost, peerAddress } from './endpoint.js';

test.each([
  ['5514', '127.0.0.1', 5514],
  ['0', '127.0.0.1', 0],
  [':5514', '127.0.0.1', 5514],
  ['0.0.0.0:5514', '0.0.0.0', 5514],
  ['localhost:1', '127.0.0.1', 1],
  ['*:514', '*', 514],
  ['[::1]:65535', '::1', 65_535],
  [' 5514 ', '127.0.0.1', 5514],
])('parseEndpoint reads %j', (text, host, port) => {
  expect(parseEndpoint(text, '127.0.0.1')).toEqual({ host, port });
});

test.each(['', 'x', '65536', '-1', '1.2.3.4', '1.2.3.4:', '::1:5514', '5514x', '127.0.0.1:99999'])(
  'parseEndpoint refuses %j and says what it wants',
  (text) => {
    expect(() => parseEndpoint(text, '127.0.0.1')).toThrow(/is no (place|address) to listen/);
  }
);

test('parseHost refuses what is no address of a machine', () => {
  expect(() => parseHost('router.example')).toThrow('"router.example" is no address to listen on');
});

test('formatEndpoint puts IPv6 in brackets', () => {
  expect(formatEndpoint({ host: '::1', port: 1 })).toBe('[::1]:1');
  expect(formatEndpoint({ host: '*', port: 1 })).toBe('*:1');
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['::ffff:0:1', '::ffff:0:1'],
])('peerAddress of %s is %s', (address, expected) => {
  expect(peerAddress(address)).toBe(expected);
});

test('listenError says what, where and what to do', () => {
  const cause = Object.assign(new Error('x'), { code: 'EADDRINUSE' });
  expect(listenError('syslog over UDP', '--syslog', { host: '127.0.0.1', port: 5514 }, cause).message).toBe(
    '127.0.0.1:5514 for syslog over UDP is in use by another program: stop that, or give another port with --syslog.'
  );
});
