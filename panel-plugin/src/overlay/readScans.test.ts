import { createDataFrame, FieldType } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { FROM } from '../testing/panel';
import { HOUR, scansFrame } from '../testing/scans';
import { isScans, readScans } from './readScans';

describe('isScans', () => {
  it('takes any frame with start, end, ports and kind', () => {
    expect(isScans(scansFrame([{}]))).toBe(true);
    expect(isScans(scansFrame([]))).toBe(true);
  });

  it.each(['start', 'end', 'min_port', 'max_port', 'kind'])('takes none without %s', (name) => {
    const frame = scansFrame([{}]);
    expect(isScans({ ...frame, fields: frame.fields.filter((field) => field.name !== name) })).toBe(false);
  });

  it.each(['start', 'end', 'min_port', 'max_port', 'kind'])('takes none whose %s is of another type', (name) => {
    const fields = scansFrame([{}]).fields.map((field) =>
      field.name === name ? { ...field, type: FieldType.boolean } : field
    );
    expect(isScans(createDataFrame({ fields }))).toBe(false);
  });
});

describe('readScans', () => {
  it('reads all columns of the contract', () => {
    const row = {
      id: 'y0123456789ab',
      kind: 'synchronised',
      proto: 'TCP',
      flags: 'syn',
      order: 'ascending',
      pace: 'slow',
      severity: 'high',
      source_count: 2,
      sources: '["192.0.2.1","192.0.2.2"]',
      target_count: 1,
      targets: '["203.0.113.7"]',
      ports: 8192,
      events: '16384',
      rate: 1.01,
      tool: 'nmap',
      tool_sure: 'likely',
      score: 0.9,
      curve: `[[${FROM + HOUR},1],[${FROM + 3 * HOUR},1024]]`,
      title: 'Two sources in lockstep',
      ongoing: true,
      known: '',
    };
    const { scans, refused } = readScans([scansFrame([row])]);
    expect(refused).toBe(0);
    expect(scans).toEqual([
      {
        id: 'y0123456789ab',
        kind: 'synchronised',
        start: FROM + HOUR,
        end: FROM + 3 * HOUR,
        ongoing: true,
        minPort: 1,
        maxPort: 1024,
        curve: [
          [FROM + HOUR, 1],
          [FROM + 3 * HOUR, 1024],
        ],
        title: 'Two sources in lockstep',
        proto: 'tcp',
        flags: 'syn',
        order: 'ascending',
        pace: 'slow',
        severity: 'high',
        tool: 'nmap',
        toolSure: 'likely',
        known: '',
        sources: ['192.0.2.1', '192.0.2.2'],
        sourceCount: 2,
        targets: ['203.0.113.7'],
        targetCount: 1,
        ports: 8192,
        events: 16384,
        rate: 1.01,
        score: 0.9,
      },
    ]);
  });

  it('needs no more than the five columns', () => {
    const [one] = readScans([scansFrame([{}])]).scans;
    expect(one).toMatchObject({ kind: 'vertical', title: '', sources: [], sourceCount: undefined, curve: [] });
    expect(one!.id).not.toBe('');
  });

  it.each([
    ['no start', { start: null }],
    ['no end', { end: null }],
    ['an end before its start', { end: FROM }],
    ['no ports', { min_port: null }],
    ['ports in reverse', { min_port: 80, max_port: 22 }],
    ['a port that is none', { max_port: 65536 }],
    ['a broken port', { min_port: 1.5 }],
    ['no kind', { kind: '' }],
  ])('counts a row with %s, and draws the others', (_, row) => {
    const { scans, refused } = readScans([scansFrame([row, { id: 'ok' }])]);
    expect([scans.map((one) => one.id), refused]).toEqual([['ok'], 1]);
  });

  it('takes a finding that goes on for one without an end yet', () => {
    const [one] = readScans([scansFrame([{ end: null, ongoing: 1 }])]).scans;
    expect(one).toMatchObject({ end: FROM + HOUR, ongoing: true });
  });

  it('reads a finding once, and none that another one took in', () => {
    const frames = [scansFrame([{ id: 'a' }, { id: 'b', superseded_by: 'a' }]), scansFrame([{ id: 'a' }])];
    expect(readScans(frames)).toMatchObject({ scans: [{ id: 'a' }], refused: 0 });
  });

  it('passes over frames of other things', () => {
    const other = createDataFrame({ fields: [{ name: 'kind', type: FieldType.string, values: ['vertical'] }] });
    expect(readScans([other])).toEqual({ scans: [], refused: 0 });
  });
});
