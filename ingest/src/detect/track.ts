import { protoName } from '../dialect/index.js';
import type { Asker } from './ask.js';
import { curveOf, piecesOf } from './curve.js';
import type { Evidence, Finding, Knot, Order, Range } from './finding.js';
import { orderOf, paceOf } from './order.js';
import { flagsWord } from './words.js';

/** One row of `detect_tracks`: a session of ports on one target. */
export interface Track {
  readonly dst_ip: string;
  readonly src_ip: string;
  readonly sources: readonly string[];
  readonly proto: number;
  readonly flags: number;
  readonly port_count: number;
  readonly min_port: number;
  readonly max_port: number;
  readonly port_list: readonly number[];
  readonly events: number;
  readonly repeats: number;
  readonly start_ms: number;
  readonly stop_ms: number;
  readonly median_gap_s: number;
  readonly max_gap_s: number;
  readonly up: number;
  readonly down: number;
  readonly rho: number;
  readonly knots: readonly [string | number, number][];
  readonly line: readonly [string | number, number][];
}

export interface TrackQuestion {
  readonly range: Range;
  readonly sources: readonly string[];
  readonly targets?: readonly string[];
  /** All sources of a target as one. */
  readonly together?: boolean;
}

export function askTracks(asker: Asker, { range, sources, targets = [], together = false }: TrackQuestion) {
  return asker.view<Track>('detect_tracks', {
    from: new Date(range.from),
    to: new Date(range.to),
    sources,
    targets,
    together: together ? 1 : 0,
  });
}

/** 64-bit numbers inside tuples arrive as text. */
const knotsOf = (points: readonly [string | number, number][]): Knot[] =>
  points.map(([at, port]) => [Number(at), port]);

export function trackOrder(track: Track): Order {
  return orderOf({ n: track.port_count, up: track.up, down: track.down, rho: track.rho });
}

/** What all kinds made of tracks have in common. */
export type Shape = Pick<
  Finding,
  | 'proto'
  | 'flags'
  | 'order'
  | 'pace'
  | 'targets'
  | 'targetCount'
  | 'ports'
  | 'minPort'
  | 'maxPort'
  | 'portList'
  | 'events'
  | 'start'
  | 'end'
  | 'curve'
  | 'evidence'
  | 'notEvaluable'
>;

const TCP = 6;
const NOT_LOGGED = 64;

/** @param order when the sources' own order is known better than that of their union */
export function shapeOf(track: Track, order: Order = trackOrder(track)): Shape {
  const line = knotsOf(track.line);
  const curve = curveOf(order, knotsOf(track.knots), line);
  return {
    proto: protoName(track.proto),
    flags: flagsWord(track.flags),
    order,
    pace: paceOf(track.median_gap_s, track.start_ms, track.stop_ms),
    targets: [track.dst_ip],
    targetCount: 1,
    ports: track.port_count,
    minPort: track.min_port,
    maxPort: track.max_port,
    portList: track.port_list,
    events: track.events,
    start: track.start_ms,
    end: track.stop_ms,
    curve,
    evidence: {
      up: rounded(track.up),
      down: rounded(track.down),
      rho: rounded(track.rho),
      median_gap_s: rounded(track.median_gap_s),
      max_gap_s: rounded(track.max_gap_s),
      repeats: track.repeats,
      ...(curve.length > 0 ? straightPieces(line) : {}),
    },
    notEvaluable: track.proto === TCP && track.flags === NOT_LOGGED ? ['flags'] : [],
  };
}

/** Slopes of a curve, and the elbow where it has one. */
function straightPieces(line: readonly Knot[]): Evidence {
  const [first, second] = piecesOf(line);
  if (first === undefined) return {};
  if (second === undefined) return { ports_per_s: rounded(first.slope) };
  return {
    ports_per_s: rounded(first.slope),
    ports_per_s_after: rounded(second.slope),
    elbow_port: second.from[1],
    elbow_time: new Date(second.from[0]).toISOString(),
  };
}

/** Four significant digits: more would only be noise in JSON. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : 0;
}
