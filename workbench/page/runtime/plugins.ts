import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';
import {
  DataSourcePlugin,
  PanelPlugin,
  type DataSourceApi,
  type DataSourcePluginMeta,
  type PluginMeta,
} from '@grafana/data';
import { config } from '@grafana/runtime';
import { standIns } from '../panels';
import { missingPanel } from '../panels/missing';
import { sharedModules } from './modules';

type DataSource = DataSourcePlugin<DataSourceApi>;

const panels = new Map<string, PanelPlugin>();
const imports = new Map<string, Promise<PanelPlugin>>();

/** Makes the shared packages known to the AMD loader. */
export function initPlugins(): void {
  const map: Record<string, string> = {};
  for (const [name, module] of Object.entries(sharedModules)) {
    System.set(`app:${name}`, module);
    map[name] = `app:${name}`;
  }
  System.addImportMap({ imports: map });
  for (const [id, plugin] of Object.entries(standIns)) panels.set(id, plugin);
}

/** The module that a built plugin is: real AMD, from where the host serves it. */
async function importModule(meta: PluginMeta): Promise<unknown> {
  const module = (await System.import(new URL(`/${meta.module}`, window.location.origin).href)) as { plugin?: unknown };
  if (!module.plugin) throw new Error(`module.js of ${meta.id} does not export \`plugin\``);
  return module.plugin;
}

/** A hosted panel, what stands in for one of Grafana's, or a panel that says that it is missing. */
export function importPanelPlugin(id: string): Promise<PanelPlugin> {
  const known = panels.get(id);
  if (known) return Promise.resolve(known);
  let pending = imports.get(id);
  if (!pending) {
    pending = loadPanel(id);
    imports.set(id, pending);
    pending.catch(() => imports.delete(id));
  }
  return pending;
}

async function loadPanel(id: string): Promise<PanelPlugin> {
  const meta = config.panels[id];
  if (!meta) return missingPanel(id);
  const plugin = await importModule(meta);
  if (!isPanelPlugin(plugin)) throw new Error(`module.js of ${id} does not export a PanelPlugin`);
  plugin.meta = meta;
  panels.set(id, plugin);
  return plugin;
}

export const cachedPanelPlugin = (id: string) => panels.get(id);

export async function importDataSourcePlugin(meta: DataSourcePluginMeta): Promise<DataSource> {
  const plugin = await importModule(meta);
  if (!isDataSourcePlugin(plugin)) throw new Error(`module.js of ${meta.id} does not export a DataSourcePlugin`);
  plugin.meta = meta;
  return plugin;
}

const isPanelPlugin = (plugin: unknown): plugin is PanelPlugin => plugin instanceof PanelPlugin;
const isDataSourcePlugin = (plugin: unknown): plugin is DataSource => plugin instanceof DataSourcePlugin;
