import {
  CustomVariableSupport,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  dateTime,
  type FieldDTO,
  FieldType,
  getDefaultTimeRange,
  type LegacyMetricFindQueryOptions,
  type MetricFindValue,
  toDataFrame,
} from '@grafana/data';
import { lastValueFrom, map, type Observable, of } from 'rxjs';
import { VariableQueryEditor } from './components/VariableQueryEditor';
import type { FirewallDataSource } from './datasource';
import { isComplete } from './defaults';
import type { FirewallQuery } from './query';
import { toVariableRequest } from './variableQuery';

/** Dashboard variables: the values of a column, or the rows of an SQL statement. */
export class FirewallVariables extends CustomVariableSupport<FirewallDataSource, FirewallQuery, FirewallQuery> {
  override editor = VariableQueryEditor;

  constructor(private readonly datasource: Pick<FirewallDataSource, 'query'>) {
    super();
    // Grafana calls it detached from the object.
    this.query = this.query.bind(this);
  }

  override getDefaultQuery(): Partial<FirewallQuery> {
    return { queryType: 'variable' };
  }

  override query(request: DataQueryRequest<FirewallQuery>): Observable<DataQueryResponse> {
    const targets = request.targets.map(toVariableRequest).filter(isComplete);
    if (targets.length === 0) {
      return of({ data: [] });
    }
    return this.datasource
      .query({ ...request, targets })
      .pipe(map((response) => ({ ...response, data: response.data.map(toOptions) })));
  }
}

/** For hosts that ask for values without a query editor; a text is the name of a column, or SQL if it has a blank. */
export async function findMetrics(
  datasource: Pick<FirewallDataSource, 'query'>,
  query: FirewallQuery | string,
  options: LegacyMetricFindQueryOptions = {}
): Promise<MetricFindValue[]> {
  const range = options.range ?? getDefaultTimeRange();
  const request: DataQueryRequest<FirewallQuery> = {
    app: 'dashboard',
    interval: '1s',
    intervalMs: 1_000,
    range,
    requestId: `variable-${options.variable?.name ?? 'values'}`,
    scopedVars: options.scopedVars ?? {},
    startTime: dateTime().valueOf(),
    targets: [toVariableRequest(query)],
    timezone: 'browser',
  };
  const { data, errors } = await lastValueFrom(datasource.query(request));
  const problem = errors?.[0];
  if (problem) {
    throw new Error(problem.message ?? problem.data?.message ?? 'The data source gave no values and no reason.');
  }
  return data.map(toOptions).flatMap((frame) =>
    Array.from({ length: frame.length }, (_, row) => ({
      text: String(frame.fields[0]?.values[row]),
      value: String(frame.fields[1]?.values[row]),
    }))
  );
}

/**
 * A frame as a list of options: the fields named `value` and `text`, or else the first and the second column; one
 * column is both. All as text, since Grafana 12 refuses options that are numbers only.
 */
function toOptions(data: DataFrame): DataFrame {
  const named = (name: string) => data.fields.find((field) => field.name.toLowerCase() === name);
  const value = named('value') ?? named('text') ?? data.fields[0];
  const text = named('text') ?? (named('value') ? value : (data.fields[1] ?? value));
  const strings = (field: typeof value, name: string): FieldDTO => ({
    name,
    type: FieldType.string,
    values: Array.from(field?.values ?? [], String),
  });
  return toDataFrame({ refId: data.refId, fields: [strings(text, 'text'), strings(value, 'value')] });
}
