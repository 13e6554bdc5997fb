// What the bench runs in the browser: the panel's pure core, without React and Grafana.
import { bin, logRows, type Points } from '../../../panel-plugin/src/bin';
import type { Cells } from '../../../panel-plugin/src/cells';
import { coarsen } from '../../../panel-plugin/src/coarsen';
import { leveller, survey } from '../../../panel-plugin/src/colour/level';
import { palette } from '../../../panel-plugin/src/colour/palette';
import { scheme } from '../../../panel-plugin/src/colour/schemes';
import { hit } from '../../../panel-plugin/src/hit';
import { itemAt, layOut } from '../../../panel-plugin/src/overlay/layout';
import type { Scan } from '../../../panel-plugin/src/overlay/scan';
import { paint, raster, wipe, type View } from '../../../panel-plugin/src/paint';
import { portScale } from '../../../panel-plugin/src/scale/port';

const DAY = 86_400_000;
const TIME = { from: 0, to: DAY };
const PORTS = portScale(0, 65536);

interface Run {
  readonly name: string;
  readonly ms: number[];
  /** What the run produced, so that a fast nothing is seen for what it is. */
  readonly made: number;
}

/** 32-bit xorshift: the same points in every run and on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

/** Points over a day; ports spread over the octaves as in a real log, with a share of flat scans. */
function points(length: number, seed: number): Points {
  const next = random(seed);
  const time = new Float64Array(length);
  const port = new Int32Array(length);
  const klass = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    time[i] = next() * DAY;
    port[i] = next() < 0.5 ? Math.floor(2 ** (next() * 16)) : 1 + Math.floor(next() * 65535);
    klass[i] = [0, 0, 0, 0, 1, 1, 4, 5][Math.floor(next() * 8)]!;
  }
  return { length, time, port, klass };
}

/** Exactly `wanted` occupied cells of a minute × 1/64 octave, a tenth of them mixed. */
function fullGrid(wanted: number): Cells {
  const rows = logRows(64);
  const next = random(7);
  const order = Uint32Array.from({ length: 1440 * rows.length }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const length = Math.floor(wanted * 1.1);
  const time = new Float64Array(length);
  const port = new Int32Array(length);
  const klass = new Uint8Array(length);
  const count = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const slot = order[i % wanted]!;
    time[i] = Math.floor(slot / rows.length) * 60_000;
    port[i] = rows.edges[slot % rows.length]!;
    klass[i] = i < wanted ? [0, 0, 0, 1][i & 3]! : 5;
    count[i] = 1 + Math.floor(next() ** 6 * 5000);
  }
  return bin({ length, time, port, klass, count }, { from: 0, step: 60_000, length: 1440 }, rows).cells;
}

/** Findings of every form all over the day, each with a curve of 32 knots. */
function findings(length: number): Scan[] {
  const next = random(23);
  return Array.from({ length }, (_, i) => {
    const start = next() * DAY * 0.9;
    const end = start + next() * DAY * 0.3;
    const port = 1 + Math.floor(next() * 30_000);
    return {
      ...{
        id: String(i),
        kind: ['vertical', 'synchronised', 'block', 'horizontal'][i % 4]!,
        start,
        end,
        ongoing: false,
      },
      ...{
        minPort: port,
        maxPort: i % 4 === 3 ? port : 2 * port,
        order: 'ascending',
        severity: i % 5 ? 'low' : 'high',
      },
      curve: Array.from({ length: 32 }, (_, k) => [start + ((end - start) * k) / 31, Math.round(port * 2 ** (k / 31))]),
      ...{ title: '', proto: 'tcp', flags: 'syn', pace: 'slow', tool: '', toolSure: '', known: '' },
      ...{ sources: [], sourceCount: 2, targets: [], targetCount: 1 },
      ...{ ports: undefined, events: undefined, rate: undefined, score: next() },
    } as Scan;
  });
}

function measure(name: string, runs: number, once: () => number): Run {
  let made = once();
  const ms: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    made = once();
    ms.push(performance.now() - start);
  }
  return { name, ms, made };
}

function bench(width: number, height: number, ratio: number, runs: number): Run[] {
  const view: View = {
    time: TIME,
    ports: PORTS,
    width: width * ratio,
    height: height * ratio,
    dot: 2 * ratio,
    tall: 8 * ratio,
  };
  const canvas = document.createElement('canvas');
  canvas.width = view.width;
  canvas.height = view.height;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(view.width, view.height);
  const target = raster(view.width, view.height, new Uint32Array(image.data.buffer));
  const colours = palette(scheme('default', true));
  const shown = () => true;
  const show = (cells: Cells): number => {
    wipe(target);
    const painted = paint(cells, view, { palette: colours, level: leveller(survey(cells, shown).full), shown }, target);
    context.putImageData(image, 0, 0);
    return painted;
  };
  const cells = fullGrid(500_000);
  const raw = points(200_000, 11);
  const rows = logRows(32);
  const scans = findings(300);
  const plane = { time: TIME, ports: PORTS, width, height };
  const lay = () => layOut(scans, plane, { visibility: () => 'shown', label: (scan) => scan.kind });
  const laid = lay();
  return [
    measure('paint 500,000 cells', runs, () => show(cells)),
    measure('merge 500,000 cells to 32 rows an octave', runs, () => coarsen(cells, 60_000, 64, 32).cells.length),
    measure('bin and paint 200,000 points', runs, () =>
      show(bin(raw, { from: 0, step: 60_000, length: 1440 }, rows).cells)
    ),
    measure('hit test in 500,000 cells', runs, () =>
      hit(cells, view, shown, view.width / 2, view.height / 3, 4 * ratio)
    ),
    measure('lay out 300 scans with labels', runs, () => lay().items.length),
    measure('hit test in 300 scans, 1,000 times', runs, () => {
      let found = 0;
      for (let i = 0; i < 1000; i++) {
        found += itemAt(laid, ((i * 37) % 1000) * (width / 1000), (i / 1000) * height, 4) >= 0 ? 1 : 0;
      }
      return found;
    }),
  ];
}

Object.assign(globalThis, { bench });
