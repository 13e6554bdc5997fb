import type { DataSourceApi, DataSourceInstanceSettings, DataSourceRef, ScopedVars } from '@grafana/data';
import type { DataSourceSrv, GetDataSourceListFilters, RuntimeDataSourceRegistration } from '@grafana/runtime';
import { config, getBackendSrv, getTemplateSrv } from '@grafana/runtime';
import { setDataSourcePluginImporter } from 'runtime-private/dataSource';
import { clearPluginCache, getCachedPlugin, setCachedPlugin } from 'runtime-private/pluginCache';
import { initDataSourceInstanceSettings, syncDataSourceInstanceSettings } from 'runtime-private/settings';
import type { FrontendSettings } from './bootData';
import { importDataSourcePlugin } from './plugins';

type Ref = DataSourceRef | string | null;

/**
 * Data sources by uid, name or variable. @grafana/runtime has a registry of its own beside this service; both are given
 * the same settings and share one cache of instances.
 */
export class WorkbenchDataSourceSrv implements DataSourceSrv {
  private readonly pending = new Map<string, Promise<DataSourceApi>>();

  constructor() {
    initDataSourceInstanceSettings(config.datasources, config.defaultDatasource);
    setDataSourcePluginImporter(importDataSourcePlugin);
  }

  async get(ref?: Ref, scopedVars?: ScopedVars): Promise<DataSourceApi> {
    const settings = this.getInstanceSettings(ref, scopedVars);
    if (!settings) throw new Error(`Data source ${describe(ref)} was not found`);
    const uid = settings.rawRef?.uid ?? settings.uid;
    const cached = getCachedPlugin(uid);
    if (cached) return cached;
    let pending = this.pending.get(uid);
    if (!pending) {
      pending = this.load(uid).finally(() => this.pending.delete(uid));
      this.pending.set(uid, pending);
    }
    return pending;
  }

  private async load(uid: string): Promise<DataSourceApi> {
    const settings = this.getInstanceSettings(uid);
    if (!settings) throw new Error(`Data source ${uid} was not found`);
    const plugin = await importDataSourcePlugin(settings.meta);
    const raced = getCachedPlugin(uid);
    if (raced) return raced;
    const instance = new plugin.DataSourceClass(settings);
    instance.components = plugin.components;
    setCachedPlugin(uid, instance);
    return instance;
  }

  getInstanceSettings(ref?: Ref, scopedVars?: ScopedVars): DataSourceInstanceSettings | undefined {
    const wanted = typeof ref === 'string' ? ref : ref?.uid;
    const all = Object.values(config.datasources);
    const fallback = config.datasources[config.defaultDatasource];
    if (!wanted || wanted === 'default') {
      const type = typeof ref === 'object' ? ref?.type : undefined;
      return type && fallback?.type !== type ? all.find((each) => each.type === type) : fallback;
    }
    if (!wanted.includes('$')) return all.find((each) => each.uid === wanted) ?? config.datasources[wanted];
    const first = (value: string | string[]) => (Array.isArray(value) ? value[0] : value);
    const name = getTemplateSrv().replace(wanted, scopedVars, first);
    const found = name === 'default' ? fallback : all.find((each) => each.uid === name || each.name === name);
    return (
      found && { ...found, isDefault: false, name: wanted, uid: wanted, rawRef: { type: found.type, uid: found.uid } }
    );
  }

  getList(filters: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] {
    const types = filters.type === undefined ? null : [filters.type].flat();
    const list = Object.values(config.datasources).filter(
      (each) =>
        (!filters.metrics || each.meta.metrics) &&
        (!filters.logs || each.meta.logs || each.meta.category === 'logging') &&
        (!filters.tracing || each.meta.tracing) &&
        (!filters.annotations || each.meta.annotations) &&
        (!filters.alerting || each.meta.alerting) &&
        (!filters.pluginId || each.meta.id === filters.pluginId) &&
        (!types || types.includes(each.type)) &&
        (filters.filter?.(each) ?? true)
    );
    return list.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** After the settings page saved: new settings, new instances. */
  async reload(): Promise<void> {
    const settings = await getBackendSrv().get<FrontendSettings>('/api/frontend/settings');
    config.datasources = settings.datasources;
    config.defaultDatasource = settings.defaultDatasource;
    this.pending.clear();
    clearPluginCache();
    syncDataSourceInstanceSettings(settings);
  }

  registerRuntimeDataSource(_: RuntimeDataSourceRegistration): void {
    throw new Error('The workbench does not take data sources at run time.');
  }
}

const describe = (ref: Ref | undefined) => (typeof ref === 'string' ? ref : (ref?.uid ?? ref?.type ?? 'default'));
