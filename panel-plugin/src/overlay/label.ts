import type { Grid } from './grid';
import { lengthOf, pointAt } from './line';
import type { Rect } from './plane';
import type { Shape } from './shape';

export interface Label {
  readonly text: string;
  readonly rect: Rect;
}

/** Size of the label's text and height of its box, CSS pixels. */
export const LABEL_FONT = 11;
const HEIGHT = 16;
/** Room between a label's edge and its text. */
export const LABEL_PADDING = 4;
/** Room between a line and its label. */
const GAP = 5;
/** Where along a curve a label may stand, best first. */
const SHARES = [0.5, 0.65, 0.35, 0.8, 0.2, 0.92, 0.08];

/** About how wide a label is: a little more than the theme's font needs, since no canvas is at hand to ask. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    width += /[\u0020ijl.,:;'|!]/.test(letter) ? 3.4 : /[\p{Lu}mw×↗↘%@]/u.test(letter) ? 8.2 : 6.3;
  }
  return Math.ceil(width) + 2 * LABEL_PADDING;
}

/** What labels keep off: what is drawn, and the labels that were placed before. */
export interface Taken {
  readonly lines: Grid;
  readonly labels: Grid;
}

/**
 * Where a label goes so that it covers no line and no other label; undefined when there is no such place.
 * @param force takes a place over lines when there is none beside them: for findings that must not go unnamed
 */
export function placeLabel(
  text: string,
  shape: Shape,
  width: number,
  height: number,
  taken: Taken,
  force = false
): Label | undefined {
  let over: Label | undefined;
  const wide = widthOf(text);
  for (const [left, top] of shape.form === 'curve' ? besideCurve(shape, wide) : aroundBox(shape, wide)) {
    const rect = { left, right: left + wide, top, bottom: top + HEIGHT };
    const fits = left >= 0 && rect.right <= width && top >= 0 && rect.bottom <= height;
    if (fits && taken.labels.isFree(rect)) {
      if (taken.lines.isFree(rect)) {
        return { text, rect };
      }
      over ??= { text, rect };
    }
  }
  return force ? over : undefined;
}

type Corner = readonly [left: number, top: number];

function* besideCurve(shape: Shape & { form: 'curve' }, wide: number): Generator<Corner> {
  const longest = shape.lines.reduce((a, b) => (lengthOf(b) > lengthOf(a) ? b : a));
  for (const share of SHARES) {
    const { x, y } = pointAt(longest, share);
    yield [x - GAP - wide, y - GAP - HEIGHT];
    yield [x + GAP, y + GAP];
    yield [x + GAP, y - GAP - HEIGHT];
    yield [x - GAP - wide, y + GAP];
  }
}

function* aroundBox({ bounds }: Shape, wide: number): Generator<Corner> {
  const { left, right, top, bottom } = bounds;
  yield [left, top - GAP - HEIGHT];
  if (right - left > wide + 2 * GAP && bottom - top > HEIGHT + 2 * GAP) {
    yield [left + GAP, top + GAP];
    yield [right - GAP - wide, top + GAP];
    yield [left + GAP, bottom - GAP - HEIGHT];
  }
  yield [left, bottom + GAP];
  const height = bottom - top;
  for (const share of [0, 0.25, 0.5, 0.75]) {
    yield [right + GAP, top + share * height];
    yield [left - GAP - wide, top + share * height];
  }
}
