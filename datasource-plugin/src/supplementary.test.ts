import { type DataQueryRequest, dateTime, SupplementaryQueryType } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import type { FirewallQuery } from './query';
import { supplementaryQuery, supplementaryRequest } from './supplementary';

const VOLUME = SupplementaryQueryType.LogsVolume;
const filters: FirewallQuery['filters'] = [{ key: 'dst_port', operator: '=', value: '22' }];
const logs: FirewallQuery = { refId: 'A', queryType: 'events', limit: 50, filters };

function request(targets: FirewallQuery[]): DataQueryRequest<FirewallQuery> {
  const [from, to] = [dateTime('2026-11-22T00:00:00Z'), dateTime('2026-11-23T00:00:00Z')];
  return {
    app: 'explore',
    interval: '1m',
    intervalMs: 60_000,
    range: { from, to, raw: { from, to } },
    requestId: 'explore_left',
    scopedVars: {},
    startTime: 0,
    targets,
    timezone: 'utc',
  };
}

describe('supplementaryQuery', () => {
  it('asks for the volume under the same conditions, over the whole range', () => {
    expect(supplementaryQuery({ type: VOLUME }, logs)).toEqual({
      refId: 'log-volume-A',
      queryType: 'events',
      format: 'volume',
      filters,
    });
  });

  it.each<[string, FirewallQuery]>([
    ['a table', { ...logs, format: 'table' }],
    ['a hidden query', { ...logs, hide: true }],
    ['a fireplot', { refId: 'A', queryType: 'fireplot' }],
    ['SQL', { refId: 'A', queryType: 'sql', format: 'logs', rawSql: 'SELECT 1' }],
  ])('has no volume for %s', (_, query) => {
    expect(supplementaryQuery({ type: VOLUME }, query)).toBeUndefined();
  });

  it('has no sample: Explore shows rows of events already', () => {
    expect(supplementaryQuery({ type: SupplementaryQueryType.LogsSample }, logs)).toBeUndefined();
  });
});

describe('supplementaryRequest', () => {
  it('takes the queries that have a volume, in the same range', () => {
    const given = request([logs, { refId: 'B', queryType: 'fireplot' }, { refId: 'C', queryType: 'events' }]);
    const volume = supplementaryRequest(VOLUME, given);
    expect(volume?.targets.map((query) => query.refId)).toEqual(['log-volume-A', 'log-volume-C']);
    expect(volume?.range).toBe(given.range);
    expect(given.targets[0]).toEqual(logs);
  });

  it('is none where no query has a volume, so that Explore counts the rows it shows', () => {
    expect(supplementaryRequest(VOLUME, request([{ refId: 'B', queryType: 'fireplot' }]))).toBeUndefined();
  });
});
