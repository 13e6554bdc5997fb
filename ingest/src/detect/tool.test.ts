import { describe, expect, test } from 'vitest';
import { stackOf, toolOf } from './tool.js';
import type { Marks } from './tool.js';

const marks = (changes: Partial<Marks>): Marks => ({
  src_ip: '::ffff:198.51.100.1',
  n: 100,
  has_id: 100,
  has_window: 100,
  has_ttl: 100,
  has_seq: 100,
  has_port: 100,
  zmap: 0,
  zmap_new: 0,
  masscan: 0,
  window_1024: 0,
  window_old_nmap: 0,
  unicorn: 0,
  mirai: 0,
  telnet: 0,
  ttl_min: 50,
  ttl_max: 50,
  source_ports: 10,
  ttls: 1,
  window: 29_200,
  sensors: ['gw'],
  ...changes,
});
const nmap = { window_1024: 100, window: 1024, ttl_min: 37, ttl_max: 59, ttls: 20, source_ports: 1 };

describe('tools', () => {
  test.each([
    ['masscan by its id', { masscan: 100 }, 'masscan', 'exact'],
    ['masscan with a tenth lost to chance', { masscan: 90 }, 'masscan', 'exact'],
    [
      'masscan without sequence numbers',
      { has_seq: 0, window_1024: 100, ttl_min: 240, ttl_max: 240, source_ports: 1 },
      'masscan',
      'weak',
    ],
    ['zmap before 4.1', { zmap: 100 }, 'zmap', 'likely'],
    ['zmap since', { zmap_new: 100 }, 'zmap', 'weak'],
    ['Mirai at telnet', { mirai: 100, telnet: 95 }, 'mirai', 'exact'],
    ['Mirai elsewhere', { mirai: 100 }, 'mirai', 'likely'],
    ['nmap', nmap, 'nmap', 'likely'],
    ['unicornscan', { unicorn: 100 }, 'unicornscan', 'weak'],
  ])('%s', (_, changes, tool, sure) => expect(toolOf(marks(changes))).toMatchObject({ tool, sure }));
});

describe('no tool', () => {
  test.each([
    ['a kernel', {}],
    ['eight of ten', { masscan: 80 }],
    ['too few probes', { n: 14, masscan: 14, has_id: 14, has_seq: 14 }],
    ['a window of nmap with one TTL', { ...nmap, ttl_min: 50, ttl_max: 50, ttls: 1 }],
  ])('%s', (_, changes) => expect(toolOf(marks(changes)).tool).toBe(''));

  test('a log without the columns says so, and not "no"', () => {
    const none = marks({ has_id: 0, has_seq: 0, has_window: 0, has_ttl: 0 });
    expect(toolOf(none)).toMatchObject({
      tool: '',
      notEvaluable: ['tool: ip_id', 'tool: tcp_seq', 'tool: tcp_window', 'tool: ttl'],
    });
    expect(stackOf(none)).toBe('');
  });
});
