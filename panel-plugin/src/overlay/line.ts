/** A line of straight pieces as x, y, x, y …, CSS pixels. */
export type Line = Float64Array;

/** The parts of a line inside [0, width] × [0, height], each a line; a line that leaves and comes back is several. */
export function clip(line: Line, width: number, height: number): Line[] {
  const runs: Line[] = [];
  let run: number[] = [];
  const close = () => {
    if (run.length >= 4) {
      runs.push(Float64Array.from(run));
    }
    run = [];
  };
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [x0, y0, x1, y1] = [line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!];
    const [from, to] = visible(x0, y0, x1 - x0, y1 - y0, width, height);
    if (from > to) {
      close();
      continue;
    }
    if (run.length === 0 || from > 0) {
      close();
      run.push(x0 + from * (x1 - x0), y0 + from * (y1 - y0));
    }
    run.push(x0 + to * (x1 - x0), y0 + to * (y1 - y0));
    if (to < 1) {
      close();
    }
  }
  close();
  return runs;
}

/** The share of a piece that is visible, as [from, to] in 0…1 (Liang and Barsky); from > to when nothing of it is. */
function visible(x: number, y: number, dx: number, dy: number, width: number, height: number): [number, number] {
  let from = 0;
  let to = 1;
  const bound = (delta: number, room: number) => {
    if (delta === 0) {
      if (room < 0) {
        to = -1;
      }
    } else if (delta < 0) {
      from = Math.max(from, room / delta);
    } else {
      to = Math.min(to, room / delta);
    }
  };
  bound(-dx, x);
  bound(dx, width - x);
  bound(-dy, y);
  bound(dy, height - y);
  return [from, to];
}

/** The distance of a point from a line. */
export function distance(line: Line, x: number, y: number): number {
  let least = Infinity;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const ax = line[i]!;
    const ay = line[i + 1]!;
    const dx = line[i + 2]! - ax;
    const dy = line[i + 3]! - ay;
    const length = dx * dx + dy * dy;
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
    least = Math.min(least, Math.hypot(x - ax - share * dx, y - ay - share * dy));
  }
  return least;
}

export function lengthOf(line: Line): number {
  let sum = 0;
  for (let i = 0; i + 3 < line.length; i += 2) {
    sum += Math.hypot(line[i + 2]! - line[i]!, line[i + 3]! - line[i + 1]!);
  }
  return sum;
}

/** The point at a share 0…1 of a line's length. */
export function pointAt(line: Line, share: number): { x: number; y: number } {
  let left = lengthOf(line) * share;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const dx = line[i + 2]! - line[i]!;
    const dy = line[i + 3]! - line[i + 1]!;
    const piece = Math.hypot(dx, dy);
    if (piece >= left && piece > 0) {
      return { x: line[i]! + (dx * left) / piece, y: line[i + 1]! + (dy * left) / piece };
    }
    left -= piece;
  }
  return { x: line[line.length - 2] ?? 0, y: line[line.length - 1] ?? 0 };
}

/** A line beside a line, `by` pixels to its left as one goes along it (to its right when negative). */
export function beside(line: Line, by: number): Line {
  const out = new Float64Array(line.length);
  for (let i = 0; i < line.length; i += 2) {
    const before = Math.max(0, i - 2);
    const after = Math.min(line.length - 2, i + 2);
    const dx = line[after]! - line[before]!;
    const dy = line[after + 1]! - line[before + 1]!;
    const length = Math.hypot(dx, dy) || 1;
    out[i] = line[i]! + (by * dy) / length;
    out[i + 1] = line[i + 1]! - (by * dx) / length;
  }
  return out;
}
