import {
  identityOverrideProcessor,
  PanelPlugin,
  PluginType,
  type FieldConfigEditorBuilder,
  type PanelOptionsEditorBuilder,
  type PanelPluginMeta,
  type PanelProps,
} from '@grafana/data';
import type { ComponentType } from 'react';

interface StandIn<Options> {
  id: string;
  name: string;
  panel: ComponentType<PanelProps<Options>>;
  defaults: Options;
  /** Field options of the panel's own, by path, with their defaults: what dashboards set under `custom`. */
  custom?: Record<string, unknown>;
  /** Colours of series: one each, or by thresholds (Grafana's default for single values). */
  color?: 'palette-classic' | 'thresholds';
  skipDataQuery?: boolean;
  /** Whether the panel gets annotations; without it they are kept from it. */
  annotations?: boolean;
}

/** A panel plugin without the options pane that the workbench does not have. */
export function standIn<Options extends object>(spec: StandIn<Options>): PanelPlugin<Options> {
  const plugin = new PanelPlugin<Options>(spec.panel).setPanelOptions((builder) => {
    for (const [path, value] of Object.entries(spec.defaults)) optionDefault(builder, path, value);
  });
  plugin.useFieldConfig({
    standardOptions: { color: { defaultValue: { mode: spec.color ?? 'thresholds' } } },
    useCustomConfig: (builder) => {
      for (const [path, value] of Object.entries(spec.custom ?? {})) customField(builder, path, value);
    },
  });
  plugin.setDataSupport({ annotations: spec.annotations ?? false });
  plugin.meta = meta(spec);
  return plugin;
}

function optionDefault<Options>(
  builder: PanelOptionsEditorBuilder<Options>,
  path: string,
  defaultValue: unknown
): void {
  builder.addCustomEditor({ id: path, path, name: path, defaultValue, editor: () => null });
}

function customField(builder: FieldConfigEditorBuilder<object>, path: string, defaultValue: unknown): void {
  builder.addCustomEditor({
    id: path,
    path,
    name: path,
    defaultValue,
    editor: () => null,
    override: () => null,
    process: identityOverrideProcessor,
    shouldApply: () => true,
    settings: {},
  });
}

function meta({ id, name, skipDataQuery }: Pick<StandIn<unknown>, 'id' | 'name' | 'skipDataQuery'>): PanelPluginMeta {
  return {
    id,
    name,
    type: PluginType.panel,
    sort: 0,
    module: '',
    baseUrl: '',
    skipDataQuery,
    info: {
      author: { name: 'Workbench' },
      description: `Stands in for Grafana's ${name}`,
      links: [],
      logos: { small: '', large: '' },
      screenshots: [],
      updated: '',
      version: '',
    },
  };
}
