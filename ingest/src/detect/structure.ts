import type { Knot } from './finding.js';
import type { Track } from './track.js';
import { trackOrder } from './track.js';

/** Tracks of one target that cover the same stretch of time and ports: one hand, or several that draw together. */
export interface Cluster {
  readonly tracks: readonly Track[];
  /** How far its points are from filling their rectangle evenly, in standard deviations; a scan is near 0. */
  readonly z: number;
}

/** Boxes are alike when their edges differ by no more than this share of their length. */
const ALIKE = 0.15;
const LEAST_POINTS = 60;
const GRIDS = [
  [12, 10],
  [20, 16],
] as const;

/**
 * Tracks without an order, put together by target and stretch. A scan in random order fills its stretch evenly at any
 * time: which ports come does not depend on when. In a picture it does. Pure.
 */
export function clustersOf(tracks: readonly Track[]): Cluster[] {
  const groups: Track[][] = [];
  const byTarget = new Map<string, Track[][]>();
  for (const track of tracks) {
    const order = trackOrder(track);
    if (order === 'ascending' || order === 'descending') continue;
    const key = `${track.dst_ip} ${track.proto} ${track.flags}`;
    const near = byTarget.get(key) ?? [];
    if (near.length === 0) byTarget.set(key, near);
    const group = near.find(([first]) => first !== undefined && alike(first, track));
    if (group !== undefined) group.push(track);
    else {
      const fresh = [track];
      near.push(fresh);
      groups.push(fresh);
    }
  }
  return groups.map((group) => ({
    tracks: group,
    z: structureZ(group.flatMap(({ line }) => line.map(([at, port]): Knot => [Number(at), port]))),
  }));
}

function alike(a: Track, b: Track): boolean {
  const close = (x: number, y: number, length: number): boolean => Math.abs(x - y) <= ALIKE * length;
  const time = Math.max(a.stop_ms - a.start_ms, b.stop_ms - b.start_ms);
  const [lowA, highA, lowB, highB] = [a.min_port, a.max_port, b.min_port, b.max_port].map((port) =>
    Math.log2(port)
  ) as [number, number, number, number];
  const height = Math.max(highA - lowA, highB - lowB);
  return (
    close(a.start_ms, b.start_ms, time) &&
    close(a.stop_ms, b.stop_ms, time) &&
    close(lowA, lowB, height) &&
    close(highA, highB, height)
  );
}

/**
 * Cells of a grid over the points' own rectangle that stay empty, beyond what their rows and columns make likely when
 * ports and times are independent, in standard deviations; the larger of two grids. 0 for too few points. Pure.
 */
export function structureZ(points: readonly Knot[]): number {
  if (points.length < LEAST_POINTS) return 0;
  return Math.max(...GRIDS.map(([columns, rows]) => holesZ(points, columns, rows)));
}

function holesZ(points: readonly Knot[], columns: number, rows: number): number {
  const times = points.map(([at]) => at);
  const heights = points.map(([, port]) => Math.log2(port));
  const cells = new Uint32Array(columns * rows);
  const inRow = new Uint32Array(rows);
  const inColumn = new Uint32Array(columns);
  const [left, low] = [Math.min(...times), Math.min(...heights)];
  const [width, height] = [Math.max(...times) - left, Math.max(...heights) - low];
  if (width === 0 || height === 0) return 0;
  for (let i = 0; i < points.length; i++) {
    const x = Math.min(columns - 1, Math.floor((((times[i] as number) - left) / width) * columns));
    const y = Math.min(rows - 1, Math.floor((((heights[i] as number) - low) / height) * rows));
    cells[y * columns + x] = (cells[y * columns + x] as number) + 1;
    inRow[y] = (inRow[y] as number) + 1;
    inColumn[x] = (inColumn[x] as number) + 1;
  }
  let holes = 0;
  let expected = 0;
  let variance = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const empty = Math.exp(-((inRow[y] as number) * (inColumn[x] as number)) / points.length);
      expected += empty;
      variance += empty * (1 - empty);
      if (cells[y * columns + x] === 0) holes++;
    }
  }
  return (holes - expected) / Math.sqrt(variance + 1);
}
