import { createDataFrame, DataFrameType, FieldType, type DataFrame, type PartialDataFrame } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { UNTOLD } from './classes';
import { readFrames, type Input } from './frames';

const T = 1_795_305_600_000;
const MINUTE = 60_000;

function fields(columns: Record<string, unknown[]>, more: Partial<PartialDataFrame> = {}): DataFrame {
  return createDataFrame({
    ...more,
    fields: Object.entries(columns).map(([name, values]) => ({
      name,
      values,
      type: /^(time|@timestamp|xMax|xMin|ts)$/i.test(name)
        ? FieldType.time
        : typeof values[0] === 'string'
          ? FieldType.string
          : FieldType.number,
      labels: { 'TCP/IPv4': { class: '0' }, 'UDP/IPv6': { class: '5' } }[name],
    })),
  });
}

/** As the data source sends it: two rows first that pin the width of a cell. */
function cellsFrame(
  columns: Record<string, number[]>,
  custom: object = { stepMs: MINUTE, rowsPerOctave: 64 }
): DataFrame {
  return fields(columns, { refId: 'A', meta: { type: DataFrameType.HeatmapCells, custom } });
}

const SENTINELS = {
  xMax: [T + MINUTE, T + 2 * MINUTE],
  yMin: [1, 1],
  yMax: [2, 2],
  count: [0, 0],
  'TCP/IPv4': [0, 0],
  'UDP/IPv6': [0, 0],
};

function cellsOf(input: Input) {
  if (input.kind !== 'cells') {
    throw new Error(`expected cells, got ${input.kind}`);
  }
  return input;
}

function probesOf(input: Input) {
  if (input.kind !== 'points') {
    throw new Error(`expected points, got ${input.kind}`);
  }
  return input.probes;
}

describe('frames of cells', () => {
  const frame = cellsFrame({
    xMax: [...SENTINELS.xMax, T + MINUTE, T + 3 * MINUTE],
    yMin: [...SENTINELS.yMin, 0.5, 443],
    yMax: [...SENTINELS.yMax, 1, 448],
    count: [0, 0, 4, 7],
    'TCP/IPv4': [0, 0, 4, 5],
    'UDP/IPv6': [0, 0, 0, 2],
  });

  it('become half-open cells by class, without the rows that pin the width', () => {
    const { cells, grid, refId } = cellsOf(readFrames([frame]));
    expect(refId).toBe('A');
    expect(grid).toMatchObject({ stepMs: MINUTE, rowsPerOctave: 64 });
    expect([...cells.x0]).toEqual([T, T + 2 * MINUTE]);
    expect([...cells.x1]).toEqual([T + MINUTE, T + 3 * MINUTE]);
    expect([...cells.y0]).toEqual([0, 443]);
    expect([...cells.y1]).toEqual([1, 448]);
    expect(cells.classes.map(({ id, name, total, counts }) => [id, name, total, [...counts]])).toEqual([
      [0, 'TCP/IPv4', 9, [4, 5]],
      [5, 'UDP/IPv6', 2, [0, 2]],
    ]);
  });

  it('may be empty, and then tell where the newest event is', () => {
    const input = readFrames([cellsFrame(SENTINELS, { stepMs: MINUTE, rowsPerOctave: 64, newestMs: T })]);
    expect(cellsOf(input).cells).toMatchObject({ length: 0, classes: [] });
    expect(cellsOf(input).grid.newestMs).toBe(T);
    expect(cellsOf(readFrames([cellsFrame(SENTINELS, { newestMs: null })])).grid.newestMs).toBeNull();
  });

  it('are put in order when they are not', () => {
    const shuffled = cellsFrame({ xMax: [T + 3 * MINUTE, T, T], yMin: [1, 80, 22], yMax: [2, 81, 23], count: [1, 1, 1], 'TCP/IPv4': [1, 2, 3] }); // prettier-ignore
    expect([...cellsOf(readFrames([shuffled])).cells.classes[0]!.counts]).toEqual([2, 3, 1]);
  });

  it('of others, without classes or a grid, are one class with the width of their closest times', () => {
    const foreign = cellsFrame(
      { xMax: [10_000, 20_000, 50_000], yMin: [1, 1, 4], yMax: [2, 4, 8], count: [1, 2, 3] },
      {}
    );
    const { cells, grid } = cellsOf(readFrames([foreign]));
    expect(grid.stepMs).toBeUndefined();
    expect([...cells.x0]).toEqual([0, 10_000, 40_000]);
    expect(cells.classes).toMatchObject([{ id: UNTOLD, total: 6 }]);
  });

  it('survive counts that are null, negative or no numbers, and rows without a height', () => {
    const rows = {
      xMax: [T, T, T, T, T, NaN],
      yMin: [1, 1, 1, 1, 9, 1],
      yMax: [2, 2, 2, 2, 9, 2],
      count: [1, 1, 1, 1, 1, 1],
      'TCP/IPv4': [null, -4, NaN, 2, 5, 5] as number[],
    };
    const { cells } = cellsOf(readFrames([cellsFrame(rows)]));
    expect(cells.length).toBe(1);
    expect(cells.classes[0]).toMatchObject({ total: 2 });
  });

  it('win over rows beside them, and count those that are not shown', () => {
    const input = readFrames([fields({ time: [T], dst_port: [22] }), frame, frame]);
    expect(cellsOf(input).skipped).toBe(1);
  });

  it('do not trust meta.custom', () => {
    const odd = cellsFrame(SENTINELS, { stepMs: 'soon', rowsPerOctave: NaN, newestMs: '<b>' });
    expect(cellsOf(readFrames([odd])).grid).toEqual({ newestMs: null });
  });
});

describe('rows of any data source', () => {
  it.each(['dst_port', 'destination.port', 'DestPort', 'dport', 'DPT', 'port', 'id.resp_p', 'dst-port'])(
    'find their port as %s',
    (name) => {
      expect([...probesOf(readFrames([fields({ time: [T], [name]: [22] })])).port]).toEqual([22]);
    }
  );

  it('prefer the destination’s port to just a port, and the chosen field to both', () => {
    const frame = fields({ time: [T], port: [1], dst_port: [2], elsewhere: [3], src_port: [4] });
    expect([...probesOf(readFrames([frame])).port]).toEqual([2]);
    expect([...probesOf(readFrames([frame], { port: 'elsewhere' })).port]).toEqual([3]);
  });

  it('take ports as numbers or text, and mark what is neither', () => {
    const dst_port = ['443', ' 22 ', '0', 65535, '', null, '12x', 70000, -1, 1.5, undefined, '65536', {}];
    const time = dst_port.map(() => T);
    const frame = createDataFrame({
      fields: [
        { name: 'time', type: FieldType.time, values: time },
        { name: 'dst_port', type: FieldType.other, values: dst_port },
      ],
    });
    expect([...probesOf(readFrames([frame])).port]).toEqual([443, 22, 0, 65535, -1, -1, -1, -1, -1, -1, -1, -1, -1]);
  });

  it('take times as numbers or text, and mark what is neither', () => {
    const frame = createDataFrame({
      fields: [
        { name: 'ts', type: FieldType.time, values: [T, '2026-11-22T00:00:00Z', null, 'soon'] },
        { name: 'port', type: FieldType.number, values: [1, 1, 1, 1] },
      ],
    });
    expect([...probesOf(readFrames([frame])).time]).toEqual([T, T, NaN, NaN]);
  });

  it('tell classes from protocol and address, numbers or words', () => {
    const frame = fields({
      time: [T, T, T, T, T],
      dst_port: [1, 2, 3, 4, 5],
      proto: ['TCP (SYN)', 'udp', '17', 'icmp', ''],
      src_ip: ['192.0.2.1', '2001:db8::1', '::ffff:192.0.2.1', 'fe80::1', ''],
    });
    expect([...probesOf(readFrames([frame])).klass]).toEqual([0, 5, 1, 7, UNTOLD]);
  });

  it('take the class column as it is, and its numbers not for protocols', () => {
    const frame = fields({ time: [T, T, T], dst_port: [1, 2, 3], class: [6, 1, 12] });
    expect([...probesOf(readFrames([frame])).klass]).toEqual([6, 1, 12]);
  });

  it('are one class when nothing tells the protocol', () => {
    expect([...probesOf(readFrames([fields({ time: [T], dst_port: [22] })])).klass]).toEqual([UNTOLD]);
  });

  it('carry sources, each text once, and what a row stands for', () => {
    const frame = fields({ time: [T, T, T], dst_port: [1, 2, 3], src_ip: ['a', 'b', 'a'], count: [5, 1, 2] });
    const probes = probesOf(readFrames([frame]));
    expect(probes.sources).toEqual(['', 'a', 'b']);
    expect([...probes.source!]).toEqual([1, 2, 1]);
    expect([...probes.count!]).toEqual([5, 1, 2]);
  });

  it('take a port from the labels of a metric series, and its value for the count', () => {
    const series = (port: string, values: number[]) =>
      createDataFrame({
        fields: [
          { name: 'Time', type: FieldType.time, values: [T, T + MINUTE] },
          { name: 'Value', type: FieldType.number, values, labels: { dst_port: port, proto: 'udp' } },
        ],
      });
    const probes = probesOf(readFrames([series('53', [3, 4]), series('123', [1, 0])]));
    expect([...probes.port]).toEqual([53, 53, 123, 123]);
    expect([...probes.count!]).toEqual([3, 4, 1, 0]);
    expect([...probes.klass]).toEqual([1, 1, 1, 1]);
  });

  it('of several frames are put together, passing over those without a port', () => {
    const input = readFrames([
      fields({ time: [T], dst_port: [22] }),
      fields({ time: [T, T], dport: [80, 443] }),
      fields({ time: [T], value: [1] }),
    ]);
    expect([...probesOf(input).port]).toEqual([22, 80, 443]);
    expect(input).toMatchObject({ skipped: 1 });
  });
});

describe('frames that cannot be read', () => {
  it('say that the port is missing, and which fields there are', () => {
    expect(readFrames([fields({ time: [T], value: [1] })])).toEqual({
      kind: 'none',
      missing: 'port',
      fields: ['time', 'value'],
    });
  });

  it('say that the time is missing', () => {
    expect(readFrames([fields({ dst_port: [1] })])).toMatchObject({ kind: 'none', missing: 'time' });
  });

  it('say that a chosen field is not there, rather than take another', () => {
    const input = readFrames([fields({ time: [T], dst_port: [1] })], { port: 'gone' });
    expect(input).toMatchObject({ kind: 'none', missing: 'port' });
  });

  it('are no data when there are none, or only empty ones', () => {
    const none = { kind: 'none', missing: 'data', fields: [] };
    expect(readFrames([])).toEqual(none);
    expect(readFrames([fields({ time: [], dst_port: [] }), createDataFrame({ fields: [] })])).toEqual(none);
  });
});
