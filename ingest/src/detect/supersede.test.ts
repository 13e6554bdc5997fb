import { describe, expect, test } from 'vitest';
import { someScan } from './finding.case.js';
import { settle } from './supersede.js';

const HOUR = 3_600_000;
const kinds = (...scans: Parameters<typeof settle>[0]) => settle(scans).standing.map(({ kind }) => kind);

describe('one finding a scan', () => {
  const member = someScan();
  const group = someScan({ kind: 'decoy', sources: ['::ffff:198.51.100.1', '::ffff:198.51.100.9'] });

  test('members of a group have none', () => expect(kinds(member, group)).toEqual(['decoy']));
  test('a member at another time has', () => {
    expect(kinds({ ...member, start: 20 * HOUR, end: 21 * HOUR }, group)).toEqual(['vertical', 'decoy']);
  });
  test('a member with other flags has', () => expect(kinds({ ...member, flags: 'fin' }, group)).toHaveLength(2));
  test('rows of a block have none', () => {
    const block = someScan({
      kind: 'block',
      targets: ['::ffff:203.0.113.1', '::ffff:203.0.113.2'],
      evidence: { cells: 900 },
    });
    expect(kinds(member, block)).toEqual(['block']);
  });
  test('a scan of one target that strays to others is no block', () => {
    const block = someScan({ kind: 'block', targets: ['::ffff:203.0.113.1'], evidence: { cells: 150 } });
    expect(kinds(member, block)).toEqual(['vertical']);
  });
  test('strokes of a picture have none, a line through it has', () => {
    const picture = someScan({ kind: 'painted', proto: '', flags: '' });
    expect(kinds(member, picture)).toEqual(['painted']);
    expect(kinds({ ...member, order: 'ascending' }, picture)).toEqual(['vertical', 'painted']);
  });
});
