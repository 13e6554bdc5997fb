import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findAll } from '../../ingest/src/detect/detect.js';
import type { Asker } from '../../ingest/src/detect/ask.js';
import type { Finding } from '../../ingest/src/detect/finding.js';
import { forget } from '../../ingest/src/detect/replay/day.case.js';
import { spikes, takenOff } from '../../ingest/src/detect/spike/spikes.js';
import { plainAddress } from '../../ingest/src/detect/words.js';
import { Loader } from '../../ingest/src/read/loader.js';
import { openSink } from '../../ingest/src/sink/sink.js';
import type { Store } from '../../ingest/src/store/store.js';

/** A scan of a labels.json. */
interface Label {
  readonly id: string;
  readonly kind: string;
  readonly order: string;
  readonly sources: readonly string[];
  readonly targets: readonly string[];
}

export interface Labels {
  readonly date: string;
  readonly scans: readonly Label[];
}

const ROOT = new URL('../../', import.meta.url);
const DAY_MS = 86_400_000;

/** The sample of the repository, and the day beside it where there is one; both logs of each. */
export function labelledDays(): { name: string; labels: Labels; log: string }[] {
  const folders = [
    ['sample', new URL('test/data/sample/', ROOT)],
    ['day', new URL('../shared/data/day/', ROOT)],
  ] as const;
  return folders.flatMap(([name, folder]) => {
    const file = new URL('labels.json', folder);
    if (!existsSync(file)) return [];
    const labels = JSON.parse(readFileSync(file, 'utf8')) as Labels;
    return ['netfilter', 'mikrotik'].map((dialect) => ({
      name: `${name}, ${dialect}`,
      labels,
      log: fileURLToPath(new URL(`${dialect}.log.gz`, folder)),
    }));
  });
}

export async function labelledDay(store: Store, asker: Asker, labels: Labels, log: string) {
  await forget(store);
  const sink = openSink(store);
  const loader = new Loader(store, sink, undefined);
  const options = {
    dialect: 'auto',
    timezone: 'UTC',
    year: Number(labels.date.slice(0, 4)),
    lineLimit: 8192,
    own: [],
    actions: [],
  };
  await loader.load({ path: log, input: log, sensor: 'score', modified: Date.now(), received: Date.now(), options });
  await loader.close();
  await sink.close();
  const from = Date.parse(`${labels.date}T00:00:00Z`);
  const started = performance.now();
  const { standing } = await findAll(asker, { from, to: from + DAY_MS });
  const ports = await spikes(asker, from + DAY_MS, takenOff(standing));
  const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
  const found: string[] = [];
  const missed: string[] = [];
  const wrong: string[] = [];
  for (const label of labels.scans) {
    const [kind, port] = label.kind.split(':');
    const there =
      kind === 'spike'
        ? ports.some((spike) => spike.port === Number(port) && spike.sources >= label.sources.length * 0.7)
        : standing.some((finding) => isThat(finding, label));
    (there ? found : missed).push(label.id);
    if (kind === 'spike') continue;
    for (const finding of standing) {
      const own = finding.sources.some((source) => label.sources.includes(plainAddress(source)));
      if (own && finding.kind !== kindOf(label)) wrong.push(`${label.id}: ${finding.kind}`);
    }
  }
  return { found, missed, wrong, seconds };
}

const FLAGS: Readonly<Record<string, string>> = {
  'odd_flags:URGPSHSYNFIN': 'other:FIN+SYN+PSH+URG',
  ...Object.fromEntries(['fin', 'xmas', 'null', 'maimon', 'ack', 'synfin'].map((word) => [word, word])),
};

function kindOf({ kind }: Label): string {
  if (FLAGS[kind] !== undefined || kind === 'vertical_udp') return 'vertical';
  return kind.split(':')[0] ?? '';
}

/** Kind, flags, order, the sources and the target. */
function isThat(finding: Finding, label: Label): boolean {
  if (finding.kind !== kindOf(label)) return false;
  const sources = new Set(finding.sources.map(plainAddress));
  if (!label.sources.every((source) => sources.has(source))) return false;
  if (label.targets.length === 1 && !finding.targets.map(plainAddress).includes(label.targets[0] ?? '')) return false;
  if (FLAGS[label.kind] !== undefined && finding.flags !== FLAGS[label.kind]) return false;
  if ((label.kind === 'vertical_udp') !== (finding.proto === 'udp') && finding.kind === 'vertical') return false;
  const ordered = finding.order === 'ascending' || finding.order === 'descending';
  return label.order === '' || ordered === (label.order === 'sequential');
}
