import type { ScanInk } from './ink';
import { LABEL_FONT, LABEL_PADDING } from './label';
import type { Item } from './layout';
import { beside, type Line } from './line';
import { isMinor } from './scan';
import { ONWARD, type Shape } from './shape';

/** The part of a canvas that is drawn on. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'fill'
  | 'fillRect'
  | 'fillText'
  | 'lineTo'
  | 'moveTo'
  | 'roundRect'
  | 'setLineDash'
  | 'stroke'
  | 'fillStyle'
  | 'font'
  | 'globalAlpha'
  | 'lineCap'
  | 'lineJoin'
  | 'lineWidth'
  | 'strokeStyle'
  | 'textBaseline'
>;

/** Line and halo, CSS pixels. */
const LINE = 1.5;
const HALO = 4;
/** Half the distance of twin lines: the dots of the scan stay visible between them. */
const TWIN = 3.5;
/** Length of a bracket's feet. */
const FOOT = 7;
const DIM = 0.35;
/** Findings that are no reason to look stay behind those that are. */
const MINOR = 0.6;
/** Long edges of a box are context, its brackets are the mark. */
const EDGE = 0.45;
const BAND = 0.75;
/** How much stronger the finding under the pointer is drawn. */
const FOCUS = 1.6;

export interface Drawing {
  readonly ink: ScanInk;
  readonly font: string;
}

/** Draws findings, the most important last, so that it lies on top; labels above all lines. */
export function paintScans(pen: Pen, items: readonly Item[], drawing: Drawing): void {
  prepare(pen, drawing);
  for (let i = items.length - 1; i >= 0; i--) {
    paintShape(pen, items[i]!, drawing.ink, 1);
  }
  for (let i = items.length - 1; i >= 0; i--) {
    paintLabel(pen, items[i]!, drawing.ink);
  }
  pen.globalAlpha = 1;
}

/** Draws one finding stronger than the others, and what it covers tinted. */
export function paintFocus(pen: Pen, item: Item, drawing: Drawing): void {
  prepare(pen, drawing);
  const colour = drawing.ink.line[item.style.tone];
  if (item.shape.form !== 'curve') {
    const { left, top, right, bottom } = item.shape.bounds;
    pen.globalAlpha = 0.1;
    pen.fillStyle = colour;
    pen.fillRect(left, top, right - left, bottom - top);
  }
  paintShape(pen, { ...item, dim: false }, drawing.ink, FOCUS);
  paintLabel(pen, item, drawing.ink);
  pen.globalAlpha = 1;
}

function prepare(pen: Pen, { font }: Drawing): void {
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.textBaseline = 'middle';
  pen.font = `500 ${LABEL_FONT}px ${font}`;
}

function paintShape(pen: Pen, { scan, shape, style, dim }: Item, ink: ScanInk, strength: number): void {
  const alpha = dim ? DIM : isMinor(scan) && strength === 1 ? MINOR : 1;
  const stroke = (path: () => void, dash: readonly number[], share = 1) => {
    pen.beginPath();
    path();
    pen.setLineDash([]);
    pen.globalAlpha = alpha * share;
    pen.strokeStyle = ink.halo;
    pen.lineWidth = HALO * strength;
    pen.stroke();
    pen.setLineDash([...dash]);
    pen.strokeStyle = ink.line[style.tone];
    pen.lineWidth = LINE * strength;
    pen.stroke();
  };
  if (shape.form === 'curve') {
    const apart = TWIN * strength;
    const lines = style.twin ? shape.lines.flatMap((line) => [beside(line, apart), beside(line, -apart)]) : shape.lines;
    stroke(() => lines.forEach((line) => trace(pen, line)), style.dash);
    if (shape.open) {
      stroke(() => trace(pen, shape.open!), [1, 4]);
    }
  } else {
    stroke(
      () => edges(pen, shape),
      style.dash.length > 0 ? style.dash : shape.form === 'band' ? [] : [2, 4],
      shape.form === 'band' ? BAND : EDGE
    );
    stroke(() => brackets(pen, shape), style.dash);
    if (shape.open) {
      stroke(() => onward(pen, shape), [1, 4]);
    }
  }
}

function trace(pen: Pen, line: Line): void {
  pen.moveTo(line[0]!, line[1]!);
  for (let i = 2; i + 1 < line.length; i += 2) {
    pen.lineTo(line[i]!, line[i + 1]!);
  }
}

type Framed = Shape & { form: 'box' | 'band' };

/** Top and bottom; a band has its line above the row only, so that the row itself stays readable. */
function edges(pen: Pen, shape: Framed): void {
  const { left, right, top, bottom } = drawnBounds(shape);
  if (shape.top) {
    pen.moveTo(left, top);
    pen.lineTo(right, top);
  }
  if (shape.bottom && shape.form === 'box') {
    pen.moveTo(left, bottom);
    pen.lineTo(right, bottom);
  }
}

function brackets(pen: Pen, shape: Framed): void {
  const { left, right, top, bottom } = drawnBounds(shape);
  const foot = Math.min(FOOT, Math.max(0, (right - left) / 3));
  const bracket = (x: number, toEnd: number) => {
    pen.moveTo(x + (shape.top ? toEnd : 0), top);
    pen.lineTo(x, top);
    pen.lineTo(x, bottom);
    pen.lineTo(x + (shape.bottom && shape.form === 'box' ? toEnd : 0), bottom);
  };
  if (shape.start) {
    bracket(left, foot);
  }
  if (shape.end) {
    bracket(right, -foot);
  }
}

/** The edges of a box that goes on, dotted beyond its last event. */
function onward(pen: Pen, shape: Framed): void {
  const { right, top, bottom } = drawnBounds(shape);
  for (const y of shape.form === 'box' ? [top, bottom] : [top]) {
    pen.moveTo(right, y);
    pen.lineTo(right + ONWARD, y);
  }
}

/** A line on the very edge of the plot would be cut in half. */
function drawnBounds({ bounds: { left, right, top, bottom } }: Framed) {
  return { left: left + 1, right: Math.max(left + 2, right - 1), top: top + 1, bottom: bottom - 1 };
}

function paintLabel(pen: Pen, { label, style }: Item, ink: ScanInk): void {
  if (label === undefined) {
    return;
  }
  const { left, top, right, bottom } = label.rect;
  pen.globalAlpha = 1;
  pen.fillStyle = ink.ground;
  pen.beginPath();
  pen.roundRect(left, top, right - left, bottom - top, 3);
  pen.fill();
  pen.fillStyle = ink.line[style.tone];
  pen.fillText(label.text, left + LABEL_PADDING, (top + bottom) / 2 + 0.5, right - left - 2 * LABEL_PADDING);
}
