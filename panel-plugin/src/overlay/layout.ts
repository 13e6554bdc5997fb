import { Grid } from './grid';
import { placeLabel, type Label } from './label';
import { inside, type Plane } from './plane';
import { byImportance, isMinor, isSevere, type Scan } from './scan';
import { covers, distanceTo, shapeOf, type Shape } from './shape';
import { styleOf, type Style } from './style';

/** A finding that is drawn. */
export interface Item {
  readonly scan: Scan;
  readonly style: Style;
  readonly shape: Shape;
  /** Undefined where there is no room for one. */
  readonly label: Label | undefined;
  /** Drawn faintly: on the viewer's wish, or since somebody knows it. */
  readonly dim: boolean;
}

export interface Layout {
  /** Most important first. */
  readonly items: readonly Item[];
  /** How many are in sight; more than `items` when there are too many to draw. */
  readonly inSight: number;
}

export type Visibility = 'shown' | 'dimmed' | 'hidden';

export interface LayoutOptions {
  readonly visibility: (kind: string) => Visibility;
  /** The text on a finding; '' for none. */
  readonly label: (scan: Scan) => string;
}

/** Beyond these a plot is a tangle: what is drawn, and what of it is labelled. */
export const MOST_DRAWN = 300;
const MOST_LABELS = 80;
/** Findings of one kind that are no reason to look: more of them would hide what they are drawn over. */
export const MOST_MINOR = 100;

export const NO_LAYOUT: Layout = { items: [], inSight: 0 };

/** Puts findings on a plane: the most important of those in sight, labelled where there is room. */
export function layOut(scans: readonly Scan[], plane: Plane, options: LayoutOptions): Layout {
  if (plane.width < 1 || plane.height < 1) {
    return NO_LAYOUT;
  }
  const shapes = new Map<Scan, Shape>();
  for (const scan of scans) {
    const shape = options.visibility(scan.kind) === 'hidden' ? undefined : shapeOf(scan, plane);
    if (shape !== undefined) {
      shapes.set(scan, shape);
    }
  }
  const taken = { lines: new Grid(plane.width, plane.height), labels: new Grid(plane.width, plane.height) };
  const drawn = chosen(byImportance([...shapes.keys()]));
  drawn.forEach((scan) => occupy(taken.lines, shapes.get(scan)!));
  const named = new Set<string>();
  let labels = 0;
  const items = drawn.map((scan): Item => {
    const shape = shapes.get(scan)!;
    const dim = scan.known !== '' || options.visibility(scan.kind) === 'dimmed';
    const text = dim || labels >= MOST_LABELS ? '' : options.label(scan);
    // Of many alike, one label says it
    const told = text === '' || (isMinor(scan) && named.has(text));
    const label = told ? undefined : placeLabel(text, shape, plane.width, plane.height, taken, isSevere(scan));
    if (label !== undefined) {
      labels++;
      named.add(text);
      taken.labels.take(label.rect);
    }
    return { scan, style: styleOf(scan.kind), shape, label, dim };
  });
  return { items, inSight: shapes.size };
}

/** Those that are drawn, of findings in order of importance. */
function chosen(scans: readonly Scan[]): Scan[] {
  const minor = new Map<string, number>();
  const kept = scans.filter((scan) => {
    const before = minor.get(scan.kind) ?? 0;
    if (isMinor(scan)) {
      minor.set(scan.kind, before + 1);
    }
    return !isMinor(scan) || before < MOST_MINOR;
  });
  return kept.slice(0, MOST_DRAWN);
}

/** Marks what a shape draws. */
function occupy(grid: Grid, shape: Shape): void {
  if (shape.form === 'curve') {
    shape.lines.forEach((line) => grid.takeLine(line));
    return;
  }
  const { left, right, top, bottom } = shape.bounds;
  const edges = [
    shape.start && [left, top, left, bottom],
    shape.end && [right, top, right, bottom],
    shape.top && [left, top, right, top],
    shape.bottom && [left, bottom, right, bottom],
  ];
  edges.forEach((edge) => edge && grid.takeLine(Float64Array.from(edge)));
}

/**
 * The finding that is drawn at a point: the one whose label lies there, else the nearest line within `reach`, of
 * equally near ones the more important; −1 when there is none. CSS pixels.
 */
export function itemAt({ items }: Layout, x: number, y: number, reach: number): number {
  const labelled = items.findIndex(({ label }) => label !== undefined && inside(label.rect, x, y));
  if (labelled >= 0) {
    return labelled;
  }
  let best = -1;
  let least = reach;
  items.forEach(({ shape }, index) => {
    const away = distanceTo(shape, x, y);
    if (away < least || (away === least && best < 0)) {
      best = index;
      least = away;
    }
  });
  return best;
}

/** Findings whose box holds a point, smallest first: what a cell there may belong to. */
export function itemsAround({ items }: Layout, x: number, y: number): number[] {
  const found = items.map((_, index) => index).filter((index) => covers(items[index]!.shape, x, y));
  const area = (index: number) => {
    const { left, right, top, bottom } = items[index]!.shape.bounds;
    return (right - left) * (bottom - top);
  };
  return found.sort((a, b) => area(a) - area(b));
}
