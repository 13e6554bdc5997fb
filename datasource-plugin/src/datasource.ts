import type {
  AdHocVariableFilter,
  CoreApp,
  DataQueryRequest,
  DataQueryResponse,
  DataSourceGetTagKeysOptions,
  DataSourceGetTagValuesOptions,
  DataSourceInstanceSettings,
  DataSourceWithQueryModificationSupport,
  DataSourceWithSupplementaryQueriesSupport,
  DataSourceWithToggleableQueryFiltersSupport,
  LegacyMetricFindQueryOptions,
  MetricFindValue,
  QueryFilterOptions,
  QueryFixAction,
  ScopedVars,
  SupplementaryQueryOptions,
  SupplementaryQueryType,
  ToggleFilterAction,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv } from '@grafana/runtime';
import type { Observable } from 'rxjs';
import { annotations } from './annotations';
import { defaultQuery, isComplete } from './defaults';
import { displayText } from './display';
import { interpolateForExplore, interpolateQuery } from './interpolate';
import { live } from './live/live';
import { hasLabelFilter, MODIFICATIONS, modifyQuery, toggleFilter } from './modify';
import type { FirewallOptions, FirewallQuery } from './query';
import { createResources, type Resources } from './resources';
import { SUPPLEMENTARY_TYPES, supplementaryQuery, supplementaryRequest } from './supplementary';
import { tagKeys, tagValues } from './tags';
import { isTail, tail } from './tail/tail';
import { readVariables } from './template/variables';
import { FirewallVariables, findMetrics } from './variables';

/** Only the wiring: every method is a function of a module beside this one. Queries run in the backend. */
export class FirewallDataSource
  extends DataSourceWithBackend<FirewallQuery, FirewallOptions>
  implements
    DataSourceWithSupplementaryQueriesSupport<FirewallQuery>,
    DataSourceWithQueryModificationSupport<FirewallQuery>,
    DataSourceWithToggleableQueryFiltersSupport<FirewallQuery>
{
  readonly resources: Resources;

  constructor(settings: DataSourceInstanceSettings<FirewallOptions>) {
    super(settings);
    this.resources = createResources((path, params) => this.getResource(path, params));
    this.variables = new FirewallVariables(this);
    this.annotations = annotations;
  }

  override query(request: DataQueryRequest<FirewallQuery>): Observable<DataQueryResponse> {
    const queries = request.targets.filter((query) => !query.hide && this.filterQuery(query));
    if (!request.liveStreaming || !queries.some(isTail)) {
      return live(request, this.uid, {
        ask: (one) => super.query(one),
        prepare: (query) => this.applyTemplateVariables(query, request.scopedVars, request.filters),
      });
    }
    // Beside a tail nothing else is asked: Explore shows the tail alone.
    const asked = queries
      .filter(isTail)
      .map((query) => this.applyTemplateVariables(query, request.scopedVars, request.filters));
    return tail(request, asked, this.uid);
  }

  override getDefaultQuery(app: CoreApp): Partial<FirewallQuery> {
    return defaultQuery(app);
  }

  override filterQuery(query: FirewallQuery): boolean {
    return isComplete(query);
  }

  override getQueryDisplayText(query: FirewallQuery): string {
    return displayText(query);
  }

  override applyTemplateVariables(
    query: FirewallQuery,
    scoped: ScopedVars,
    adhoc?: AdHocVariableFilter[]
  ): FirewallQuery {
    return interpolateQuery(query, readVariables(getTemplateSrv(), scoped), adhoc);
  }

  override interpolateVariablesInQueries(
    queries: FirewallQuery[],
    scoped: ScopedVars,
    adhoc?: AdHocVariableFilter[]
  ): FirewallQuery[] {
    const variables = readVariables(getTemplateSrv(), scoped);
    return queries.map((query) => ({ ...interpolateForExplore(query, variables, adhoc), datasource: this.getRef() }));
  }

  override getTagKeys(_options?: DataSourceGetTagKeysOptions<FirewallQuery>): Promise<MetricFindValue[]> {
    return tagKeys(this.resources);
  }

  override getTagValues(options: DataSourceGetTagValuesOptions<FirewallQuery>): Promise<MetricFindValue[]> {
    return tagValues(this.resources, options);
  }

  override metricFindQuery(
    query: FirewallQuery | string,
    options?: LegacyMetricFindQueryOptions
  ): Promise<MetricFindValue[]> {
    return findMetrics(this, query, options);
  }

  getSupportedSupplementaryQueryTypes(): SupplementaryQueryType[] {
    return SUPPLEMENTARY_TYPES;
  }

  getSupplementaryQuery(options: SupplementaryQueryOptions, query: FirewallQuery): FirewallQuery | undefined {
    return supplementaryQuery(options, query);
  }

  getSupplementaryRequest(
    type: SupplementaryQueryType,
    request: DataQueryRequest<FirewallQuery>,
    options?: SupplementaryQueryOptions
  ): DataQueryRequest<FirewallQuery> | undefined {
    return supplementaryRequest(type, request, options);
  }

  getSupportedQueryModifications(): string[] {
    return [...MODIFICATIONS];
  }

  override modifyQuery(query: FirewallQuery, action: QueryFixAction): FirewallQuery {
    return modifyQuery(query, action);
  }

  toggleQueryFilter(query: FirewallQuery, action: ToggleFilterAction): FirewallQuery {
    return toggleFilter(query, action);
  }

  queryHasFilter(query: FirewallQuery, filter: QueryFilterOptions): boolean {
    return hasLabelFilter(query, filter);
  }
}
