import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'provisioning', 'alerting');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, file: parse(readFileSync(path.join(folder, name), 'utf8')) }));

interface Rule {
  uid: string;
  title: string;
  condition: string;
  noDataState: string;
  execErrState: string;
  labels?: Record<string, string>;
  data: {
    refId: string;
    datasourceUid: string;
    relativeTimeRange: { from: number; to: number };
    model: { refId: string; queryType?: string; expression?: string; intervalMs: number; maxDataPoints: number };
  }[];
}
interface Group {
  orgId: number;
  name: string;
  folder: string;
  interval: string;
  rules: Rule[];
}

const seconds = (text: string): number => Number.parseInt(text, 10) * { s: 1, m: 60, h: 3600 }[text.at(-1) as 's'];
const groups: Group[] = files.flatMap(({ file }) => file.groups as Group[]);
const rules = groups.flatMap((group) => group.rules);
const dashboards = readdirSync(path.join(root, 'provisioning/dashboards'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(path.join(root, 'provisioning/dashboards', name), 'utf8')));

describe.each(files)('$name follows the rules of alert provisioning', ({ file }) => {
  it('provisions rules alone: contact points and policies would overwrite the tree of whoever runs it', () => {
    expect(Object.keys(file).sort()).toEqual(['apiVersion', 'groups']);
    expect(file.apiVersion).toBe(1);
  });

  it('evaluates groups at a multiple of ten seconds', () => {
    for (const group of file.groups as Group[]) {
      expect(group).toMatchObject({ orgId: 1, folder: expect.any(String), name: expect.any(String) });
      expect(seconds(group.interval) % 10).toBe(0);
    }
  });
});

it('uids and titles are unique, over all files', () => {
  expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length);
  expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
  expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
});

describe.each(rules)('the rule $title', (rule) => {
  it('has a uid that Grafana takes, and a condition among its queries', () => {
    expect(rule.uid).toMatch(/^[A-Za-z0-9_-]{1,40}$/);
    expect(rule.data.map(({ refId }) => refId)).toContain(rule.condition);
  });

  it('asks the provisioned data source by a type that rules may ask, and expressions of what stands before them', () => {
    const before: string[] = [];
    for (const { refId, datasourceUid, relativeTimeRange, model } of rule.data) {
      expect(model.refId).toBe(refId);
      expect(relativeTimeRange.from).toBeGreaterThan(relativeTimeRange.to);
      expect(model.intervalMs).toBeGreaterThan(0);
      expect(model.maxDataPoints).toBeGreaterThan(0);
      if (datasourceUid === '__expr__') expect(before).toContain(model.expression);
      else {
        expect(datasourceUid).toBe('fireplot');
        expect(['scans', 'spikes', 'intel', 'top', 'sql']).toContain(model.queryType);
      }
      before.push(refId);
    }
  });

  it('is quiet when nothing is found, and says when it could not ask', () => {
    expect(['OK', 'Alerting']).toContain(rule.noDataState);
    expect(['Error', 'Alerting']).toContain(rule.execErrState);
  });

  it('writes $ as $$ in labels, and leads to a panel that exists', () => {
    expect(JSON.stringify(rule.labels ?? {})).not.toMatch(/(?<!\$)\$(?!\$)/);
    const annotations = (rule as Rule & { annotations: Record<string, string> }).annotations;
    expect(annotations.summary).toBeTruthy();
    const uid = annotations.__dashboardUid__;
    if (uid === undefined) return;
    const board = dashboards.find((each) => each.uid === uid);
    expect(board.panels.map(({ id }: { id: number }) => String(id))).toContain(annotations.__panelId__);
  });
});
