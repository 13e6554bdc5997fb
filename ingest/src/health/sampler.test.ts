import fc from 'fast-check';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { Sampler } from './sampler.js';
import type { Metric } from './sampler.js';

const TIME = Date.UTC(2026, 10, 22, 1, 2, 3, 999);
const AT = Math.floor(TIME / 1_000);

const counter = (value: number, labels: Record<string, string> = {}): Metric[] => [
  { name: 'fireplot_lines_received_total', type: 'counter', values: [{ value, labels }] },
];
const gauge = (value: number): Metric[] => [
  { name: 'fireplot_spool_bytes', type: 'gauge', values: [{ value, labels: {} }] },
];

/** Value of each row but the first, which tells the stretch; last column. */
const values = (rows: string): number[] =>
  rows
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((row) => Number(row.split('\t').at(-1)));

describe('a sample', () => {
  test("is rows of prom-client's metrics: counters, gauges, sums and counts of histograms, and few of the process", async () => {
    const registry = new Registry();
    const registers = [registry];
    collectDefaultMetrics({ register: registry });
    new Counter({ name: 'fireplot_lines_received_total', help: '-', labelNames: ['input'], registers }).inc(
      { input: 'udp' },
      7
    );
    new Gauge({ name: 'fireplot_spool_bytes', help: '-', registers }).set(0);
    const batches = new Histogram({ name: 'fireplot_batch_seconds', help: '-', buckets: [1, 2], registers });
    batches.observe(0.5);
    batches.observe(2.5);
    const rows = new Sampler('gw', 0).sample(await registry.getMetricsAsJSON(), TIME, 15_000);
    expect(rows).toContain(`${AT}\tgw\tlines_received\t{'input':'udp'}\t7\n`);
    expect(rows).toContain(`${AT}\tgw\tspool_bytes\t{}\t0\n`);
    expect(rows).toContain(`${AT}\tgw\tbatch_seconds_sum\t{}\t3\n`);
    expect(rows).toContain(`${AT}\tgw\tbatch_seconds_count\t{}\t2\n`);
    const gauges = rows
      .split('\n')
      .filter(Boolean)
      .map((row) => row.split('\t')[2] ?? '');
    const ours = ['sample_seconds', 'lines_received', 'spool_bytes', 'batch_seconds_sum', 'batch_seconds_count'];
    const process = ['memory_bytes', 'cpu_seconds', 'open_files', 'loop_lag_seconds'];
    expect(gauges.filter((name) => ![...ours, ...process].includes(name))).toEqual([]);
    expect(gauges).toContain('memory_bytes');
  });

  test('of a counter is what was added, and nothing where nothing was', () => {
    const sampler = new Sampler('gw', 0);
    expect(values(sampler.sample(counter(5), TIME, 15_000))).toEqual([5]);
    expect(values(sampler.sample(counter(5), TIME, 15_000))).toEqual([]);
    expect(values(sampler.sample(counter(12), TIME, 15_000))).toEqual([7]);
  });

  test('of a counter that went back is all it shows: it began anew', () => {
    const sampler = new Sampler('gw', 0);
    sampler.sample(counter(5), TIME, 15_000);
    expect(values(sampler.sample(counter(2), TIME, 15_000))).toEqual([2]);
  });

  test('keeps counters of different labels apart, in whatever order the labels come', () => {
    const sampler = new Sampler('gw', 0);
    sampler.sample(counter(5, { dialect: 'pf', reason: 'truncated' }), TIME, 15_000);
    expect(values(sampler.sample(counter(6, { reason: 'truncated', dialect: 'pf' }), TIME, 15_000))).toEqual([1]);
    expect(values(sampler.sample(counter(6, { reason: 'bad-port', dialect: 'pf' }), TIME, 15_000))).toEqual([6]);
  });

  test('of a gauge is its value, zero too; what is no number is left out', () => {
    const sampler = new Sampler('gw', 0);
    expect(values(sampler.sample(gauge(4), TIME, 15_000))).toEqual([4]);
    expect(values(sampler.sample(gauge(0), TIME, 15_000))).toEqual([0]);
    expect(values(sampler.sample(gauge(Number.NaN), TIME, 15_000))).toEqual([]);
  });

  test('says of what stretch it is, whatever happens to the wall clock', () => {
    const sampler = new Sampler('gw', 1_000);
    expect(sampler.sample([], TIME, 16_500)).toBe(`${AT}\tgw\tsample_seconds\t{}\t15.5\n`);
    expect(sampler.sample([], TIME - 3_600_000, 31_500)).toBe(`${AT - 3_600}\tgw\tsample_seconds\t{}\t15\n`);
  });

  test('adds up to the counter over any run of samples', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1 }), (steps) => {
        const sampler = new Sampler('gw', 0);
        let total = 0;
        const added = steps.flatMap((step) => values(sampler.sample(counter((total += step)), TIME, 15_000)));
        expect(added.reduce((sum, each) => sum + each, 0)).toBe(total);
      }),
      { seed: 5 }
    );
  });
});
