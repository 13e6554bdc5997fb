import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Metrics } from '../cli/serve/metrics.js';
import { nameOf } from './sampler.js';

/** Dashboard and alert rules ask for gauges by name; nothing else would notice that a metric is called otherwise now. */

const provisioned = (path: string): string =>
  readFileSync(new URL(`../../../provisioning/${path}`, import.meta.url), 'utf8');

/** Names after `gauge =` and `gauge IN`. */
function askedBy(sql: string): Set<string> {
  const alone = [...sql.matchAll(/gauge = '(\w+)'/g)].map((match) => match[1] ?? '');
  const lists = [...sql.matchAll(/gauge IN \(([^)]+)\)/g)].map((match) => match[1] ?? '');
  return new Set([...alone, ...lists.flatMap((list) => [...list.matchAll(/\w+/g)].map(([name]) => name))]);
}

async function written(): Promise<Set<string>> {
  const metrics = new Metrics();
  metrics.watchKernel(1);
  const found = await metrics.registry.getMetricsAsJSON();
  const names = found.flatMap(({ name, type }) => {
    const gauge = nameOf(name);
    if (gauge === undefined) return [];
    return String(type) === 'histogram' ? [`${gauge}_sum`, `${gauge}_count`] : [gauge];
  });
  return new Set(['sample_seconds', ...names]);
}

describe.each(['dashboards/ingest-health.json', 'alerting/ingest.yaml'])('%s', (path) => {
  test('asks for gauges that the service writes', async () => {
    const asked = askedBy(provisioned(path));
    expect(asked.size).toBeGreaterThan(4);
    const there = await written();
    expect([...asked].filter((name) => !there.has(name))).toEqual([]);
  });
});

test('a metric of another name is noticed', async () => {
  const [missing] = [...askedBy("WHERE gauge IN ('lines_received', 'no_such_gauge')")].slice(1);
  expect(missing).toBe('no_such_gauge');
  expect((await written()).has('no_such_gauge')).toBe(false);
});
