import type { Scan } from './finding.js';
import type { StoredScan } from './stored.js';

const HOUR = 3_600_000;

/** A vertical scan of an hour; a test names what matters to it. */
export function someScan(changes: Partial<Scan> = {}): Scan {
  return {
    kind: 'vertical',
    proto: 'tcp',
    flags: 'syn',
    order: 'random',
    pace: 'fast',
    sources: ['::ffff:198.51.100.1'],
    sourceCount: 1,
    targets: ['::ffff:203.0.113.1'],
    targetCount: 1,
    ports: 100,
    minPort: 1,
    maxPort: 100,
    portList: [],
    events: 100,
    start: 10 * HOUR,
    end: 11 * HOUR,
    curve: [],
    evidence: {},
    notEvaluable: [],
    reach: 7,
    key: 'a b',
    id: 'v1',
    day: 0,
    tool: '',
    toolSure: '',
    score: 0.7,
    severity: 'low',
    magnitude: 100,
    ongoing: false,
    supersededBy: '',
    known: '',
    sensors: ['gw'],
    ...changes,
  };
}

/** The same as it lies in the table. */
export function asStored(scan: Scan): StoredScan {
  const { id, day, kind, proto, flags, sources, targets, minPort, maxPort, events, start, end, ongoing, supersededBy } =
    scan;
  return { id, day, kind, proto, flags, sources, targets, minPort, maxPort, events, start, end, ongoing, supersededBy };
}
