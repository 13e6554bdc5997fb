import { describe, expect, it } from 'vitest';
import { portScale } from '../scale/port';
import { FROM, TO } from '../testing/panel';
import { HOUR, scan } from '../testing/scans';
import { scanInk } from './ink';
import { layOut } from './layout';
import { paintFocus, paintScans, type Pen } from './paintScans';
import type { Scan } from './scan';

const DRAWING = { ink: scanInk(true), font: 'sans-serif' };
const PLANE = { time: { from: FROM, to: TO }, ports: portScale(1, 65536), width: 1440, height: 800 };

interface Stroke {
  readonly path: string;
  readonly colour: string;
  readonly alpha: number;
  readonly width: number;
  readonly dash: number[];
}

/** A pen that writes down what it would draw. */
function recorder() {
  const strokes: Stroke[] = [];
  const texts: string[] = [];
  let path: string[] = [];
  let dash: number[] = [];
  let filled = 0;
  const pen: Pen = {
    beginPath: () => (path = []),
    moveTo: (x, y) => path.push(`M${Math.round(x)} ${Math.round(y)}`),
    lineTo: (x, y) => path.push(`L${Math.round(x)} ${Math.round(y)}`),
    setLineDash: (given) => (dash = [...given]),
    stroke: () =>
      strokes.push({
        path: path.join(''),
        colour: String(pen.strokeStyle),
        alpha: pen.globalAlpha,
        width: pen.lineWidth,
        dash,
      }),
    fillText: (text) => texts.push(text),
    fillRect: () => filled++,
    fill: () => {},
    roundRect: () => {},
    fillStyle: '',
    font: '',
    globalAlpha: 1,
    lineCap: 'butt',
    lineJoin: 'miter',
    lineWidth: 1,
    strokeStyle: '',
    textBaseline: 'top',
  };
  return { pen, strokes, texts, filled: () => filled };
}

function painted(...scans: Scan[]) {
  const record = recorder();
  paintScans(record.pen, layOut(scans, PLANE, { visibility: () => 'shown', label: (one) => one.id }).items, DRAWING);
  return record;
}

const CURVE = {
  order: 'ascending',
  curve: [
    [FROM + HOUR, 1],
    [FROM + 3 * HOUR, 1024],
  ] as const,
};

describe('paintScans', () => {
  it('draws a curve as a halo and a line over it', () => {
    const { strokes, texts } = painted(scan({ ...CURVE, severity: 'high' }));
    expect(strokes.map((one) => one.colour)).toEqual([DRAWING.ink.halo, DRAWING.ink.line.single]);
    expect(strokes[0]!.path).toBe(strokes[1]!.path);
    expect(strokes[0]!.width).toBeGreaterThan(strokes[1]!.width);
    expect(strokes[1]!.path).toMatch(/^M60 \d+L180 \d+$/);
    expect(texts).toEqual(['v1']);
  });

  it('draws a pair in lockstep as two lines in one colour, and parts of one as dashes', () => {
    const pair = painted(scan({ ...CURVE, kind: 'synchronised' })).strokes.at(-1)!;
    expect(pair.path.match(/M/g)).toHaveLength(2);
    const parts = painted(scan({ ...CURVE, kind: 'distributed' })).strokes.at(-1)!;
    expect([parts.colour, parts.dash.length]).toEqual([pair.colour, 2]);
  });

  it('leaves a box open on the right while the scan goes on', () => {
    const brackets = (one: Scan) => painted(one).strokes.map((stroke) => stroke.path);
    const closed = brackets(scan());
    const open = brackets(scan({ ongoing: true }));
    const atEnd = (paths: string[]) => paths.some((path) => /M\d+ (\d+)L183 \d+L183 \d+/.test(path));
    expect([atEnd(closed), atEnd(open)]).toEqual([true, false]);
    expect(open.at(-1)).toMatch(/^M183 \d+L197 \d+M183 \d+L197 \d+$/);
  });

  it('draws minor findings fainter, and known ones faintest', () => {
    const alpha = (given: Partial<Scan>) => painted(scan({ ...CURVE, ...given })).strokes.at(-1)!.alpha;
    const [high, low, known] = [alpha({ severity: 'high' }), alpha({ severity: 'low' }), alpha({ known: 'ours' })];
    expect(high).toBe(1);
    expect(low).toBeLessThan(high);
    expect(known).toBeLessThan(low);
  });

  it('draws the most important last, and labels above all lines', () => {
    const { strokes, texts } = painted(
      scan({ ...CURVE, id: 'important', severity: 'high', kind: 'synchronised' }),
      scan({ ...CURVE, id: 'other', severity: 'low' })
    );
    expect(strokes.at(-1)!.colour).toBe(DRAWING.ink.line.group);
    expect(texts.at(-1)).toBe('important');
  });
});

describe('paintFocus', () => {
  it('draws one finding stronger, whatever it was, and tints what a box covers', () => {
    const layout = layOut([scan({ known: 'ours' })], PLANE, { visibility: () => 'shown', label: () => '' });
    const [usual, focus] = [recorder(), recorder()];
    paintScans(usual.pen, layout.items, DRAWING);
    paintFocus(focus.pen, layout.items[0]!, DRAWING);
    expect(focus.strokes.at(-1)!.width).toBeGreaterThan(usual.strokes.at(-1)!.width);
    expect(focus.strokes.at(-1)!.alpha).toBe(1);
    expect([usual.filled(), focus.filled()]).toEqual([0, 1]);
  });
});
