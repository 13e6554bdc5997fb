import { describe, expect, test } from 'vitest';
import { asStored, someScan } from './finding.case.js';
import { reconcile } from './reconcile.js';

const HOUR = 3_600_000;
const idsOf = (scans: readonly { id: string }[]) => scans.map(({ id }) => id);

describe('a finding seen again', () => {
  test('unchanged is not written', () => {
    const scan = someScan();
    expect(reconcile([scan], [asStored(scan)], 0).write).toEqual([]);
  });

  test('grown keeps its id and day, though an earlier line moved its start', () => {
    const old = someScan({ id: 'v1', day: 5 });
    const now = someScan({ id: 'v2', day: 4, start: old.start - HOUR, events: 200 });
    expect(reconcile([now], [asStored(old)], 0).write).toMatchObject([
      { id: 'v1', day: 5, events: 200, start: old.start - HOUR },
    ]);
  });

  test('after more than an hour of silence it is another', () => {
    const old = someScan({ id: 'v1' });
    const now = someScan({ id: 'v2', start: old.end + HOUR + 1, end: old.end + 2 * HOUR });
    expect(idsOf(reconcile([now], [asStored(old)], 0).write)).toEqual(['v2']);
  });

  test('a group of which half the sources are known is the same', () => {
    const group = { kind: 'distributed' as const, key: 'b' };
    const old = someScan({ ...group, id: 'd1', sources: ['::1', '::2', '::3', '::4'] });
    const now = someScan({ ...group, id: 'd2', sources: ['::1', '::2', '::5', '::6'], events: 900 });
    expect(idsOf(reconcile([now], [asStored(old)], 0).write)).toEqual(['d1']);
    const other = someScan({ ...group, id: 'd3', sources: ['::1', '::7', '::8', '::9'], events: 900 });
    expect(idsOf(reconcile([other], [asStored(old)], 0).write)).toEqual(['d3']);
  });

  test('another target, port or protocol is another finding', () => {
    const old = someScan({ id: 'v1' });
    for (const changes of [{ targets: ['::ffff:203.0.113.2'] }, { proto: 'udp' }, { flags: 'fin' }])
      expect(idsOf(reconcile([someScan({ id: 'v2', ...changes })], [asStored(old)], 0).write)).toEqual(['v2']);
  });
});

describe('what a group takes in', () => {
  const member = someScan({ id: 'v1' });
  const group = someScan({
    id: 's1',
    kind: 'synchronised',
    sources: ['::ffff:198.51.100.1', '::ffff:198.51.100.2'],
    key: 'b',
  });

  test('points to it when it had a row of its own', () => {
    const { write, superseded } = reconcile([group, { ...member, supersededBy: 's1' }], [asStored(member)], 0);
    expect(idsOf(write)).toEqual(['s1']);
    expect([...superseded]).toEqual([['v1', 's1']]);
  });

  test('gets no row when it had none, in this run or a later one that sees the member alone', () => {
    expect(idsOf(reconcile([group, { ...member, supersededBy: 's1' }], [], 0).write)).toEqual(['s1']);
    expect(reconcile([member], [asStored(group)], 0)).toMatchObject({ write: [] });
  });

  test('points to the id that the group has kept', () => {
    const renamed = { ...group, id: 's2', events: 500 };
    const { superseded } = reconcile(
      [renamed, { ...member, supersededBy: 's2' }],
      [asStored(group), asStored(member)],
      0
    );
    expect([...superseded]).toEqual([['v1', 's1']]);
  });
});

describe('a view that begins too late', () => {
  const old = someScan({ id: 'v1', start: HOUR, end: 20 * HOUR, events: 1_000 });

  test('does not shrink what began before it, but prolongs it', () => {
    const tail = someScan({ id: 'v2', start: 10 * HOUR, end: 30 * HOUR, events: 400, ongoing: true });
    expect(reconcile([tail], [asStored(old)], 10 * HOUR)).toMatchObject({
      write: [],
      prolonged: [{ id: 'v1', end: 30 * HOUR, events: 1_200, ongoing: true }],
    });
  });

  test('changes nothing when nothing came', () => {
    const tail = someScan({ id: 'v2', start: 10 * HOUR, end: 20 * HOUR, events: 400 });
    expect(reconcile([tail], [asStored(old)], 10 * HOUR)).toMatchObject({ write: [], prolonged: [] });
  });
});
