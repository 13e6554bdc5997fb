import {
  type DataQueryRequest,
  type DataQueryResponse,
  FieldType,
  getDefaultTimeRange,
  toDataFrame,
} from '@grafana/data';
import { lastValueFrom, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { FirewallQuery } from './query';
import { toVariableQuery, toVariableRequest } from './variableQuery';
import { findMetrics, FirewallVariables } from './variables';

/** A data source that answers everything with these columns, and keeps what it was asked. */
function answering(response: DataQueryResponse) {
  const asked: Array<DataQueryRequest<FirewallQuery>> = [];
  return { asked, query: (request: DataQueryRequest<FirewallQuery>) => (asked.push(request), of(response)) };
}

function frame(...columns: Array<[string, FieldType, unknown[]]>): DataQueryResponse {
  return { data: [toDataFrame({ fields: columns.map(([name, type, values]) => ({ name, type, values })) })] };
}

describe('toVariableQuery', () => {
  it.each<[string, FirewallQuery | string, FirewallQuery]>([
    ['a word is a column', ' sensor ', { refId: 'variable', queryType: 'variable', column: 'sensor' }],
    [
      'words are SQL',
      'SELECT DISTINCT rule FROM events',
      { refId: 'variable', queryType: 'sql', format: 'table', rawSql: 'SELECT DISTINCT rule FROM events' },
    ],
    [
      'SQL of the editor is asked for as a table',
      { refId: 'X', queryType: 'sql', rawSql: 'SELECT 1' },
      { refId: 'X', queryType: 'sql', rawSql: 'SELECT 1', format: 'table' },
    ],
  ])('%s', (_, stored, expected) => {
    expect(toVariableQuery(stored)).toEqual(expected);
  });
});

describe('toVariableRequest', () => {
  it.each<[string, FirewallQuery, FirewallQuery]>([
    [
      'sends SQL as a variable, without a column',
      { refId: 'A', queryType: 'sql', rawSql: 'SELECT 1', column: 'sensor' },
      { refId: 'A', queryType: 'variable', rawSql: 'SELECT 1' },
    ],
    [
      'sends a column without SQL of another time',
      { refId: 'A', queryType: 'variable', rawSql: 'SELECT 1', column: 'sensor' },
      { refId: 'A', queryType: 'variable', column: 'sensor' },
    ],
  ])('%s', (_, stored, expected) => expect(toVariableRequest(stored)).toEqual(expected));
});

describe('findMetrics', () => {
  it('gives value and text where both are named', async () => {
    const source = answering(frame(['value', FieldType.string, ['6']], ['text', FieldType.string, ['tcp']]));
    expect(await findMetrics(source, 'proto')).toEqual([{ text: 'tcp', value: '6' }]);
    expect(source.asked[0]?.targets).toEqual([{ refId: 'variable', queryType: 'variable', column: 'proto' }]);
  });

  it('takes one column of any kind as both, as text', async () => {
    const source = answering(frame(['dst_port', FieldType.number, [22, 443]]));
    expect(await findMetrics(source, 'dst_port')).toEqual([
      { text: '22', value: '22' },
      { text: '443', value: '443' },
    ]);
  });

  it('takes the second of two columns as the text', async () => {
    const source = answering(frame(['ip', FieldType.string, ['192.0.2.1']], ['name', FieldType.string, ['gate']]));
    expect(await findMetrics(source, 'SELECT ip, name FROM t')).toEqual([{ text: 'gate', value: '192.0.2.1' }]);
  });

  it('fails with the words of the data source', async () => {
    const source = answering({ data: [], errors: [{ message: 'no such column: nose' }] });
    await expect(findMetrics(source, 'nose')).rejects.toThrow('no such column: nose');
  });
});

describe('FirewallVariables', () => {
  const ask = (source: ReturnType<typeof answering>, query: FirewallQuery) => {
    const { query: detached } = new FirewallVariables(source);
    return lastValueFrom(
      detached({
        app: 'dashboard',
        interval: '1m',
        intervalMs: 60_000,
        range: getDefaultTimeRange(),
        requestId: 'v',
        scopedVars: {},
        startTime: 0,
        targets: [query],
        timezone: 'utc',
      })
    );
  };

  it('answers with text fields, which every Grafana takes', async () => {
    const { data } = await ask(answering(frame(['dst_port', FieldType.number, [22]])), {
      refId: 'A',
      queryType: 'variable',
      column: 'dst_port',
    });
    expect(data[0].fields.map((f: { name: string; type: FieldType }) => [f.name, f.type])).toEqual([
      ['text', 'string'],
      ['value', 'string'],
    ]);
  });

  it('asks nothing for a variable whose column is not chosen yet', async () => {
    const source = answering(frame());
    expect(await ask(source, { refId: 'A', queryType: 'variable' })).toEqual({ data: [] });
    expect(source.asked).toEqual([]);
  });
});
