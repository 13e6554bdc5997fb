import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
  type FieldConfigPropertyItem,
  type TransformerRegistryItem,
} from '@grafana/data';

/** The workbench has no options pane, so no editor is ever drawn; only ids and processors matter. */
const NoEditor = () => null;

const EDITORS = [
  ...['text', 'number', 'slider', 'boolean', 'select', 'multi-select', 'radio', 'strings', 'color', 'unit', 'timezone'],
  ...['links', 'actions', 'stats-picker', 'field-name', 'fieldColor', 'mappings', 'thresholds', 'dashboard-uid'],
  ...['layers', 'frame-name', 'color-picker', 'code'],
];

type Processor = FieldConfigPropertyItem['process'];

/** The standard field options: id, processor of an override's value. Order is that of Grafana's pane. */
const FIELD_OPTIONS: Array<[string, Processor]> = [
  ['unit', unitOverrideProcessor],
  ['min', numberOverrideProcessor],
  ['max', numberOverrideProcessor],
  ['fieldMinMax', booleanOverrideProcessor],
  ['decimals', numberOverrideProcessor],
  ['displayName', displayNameOverrideProcessor],
  ['noValue', identityOverrideProcessor],
  ['color', identityOverrideProcessor],
  ['links', dataLinksOverrideProcessor],
  ['actions', dataLinksOverrideProcessor],
  ['mappings', valueMappingsOverrideProcessor],
  ['thresholds', thresholdsOverrideProcessor],
  ['filterable', booleanOverrideProcessor],
];

/** Fills the registries of @grafana/data that Grafana fills when it starts. */
export function initRegistries(): void {
  standardEditorsRegistry.setInit(() => EDITORS.map((id) => ({ id, name: id, editor: NoEditor })));
  standardFieldConfigEditorRegistry.setInit(() =>
    FIELD_OPTIONS.map(([id, process]) => ({
      id,
      path: id,
      name: id,
      description: '',
      editor: NoEditor,
      override: NoEditor,
      process,
      shouldApply: () => true,
      // Names may hold variables (${__field.labels.x}); without this they stay as written.
      settings: { expandTemplateVars: id === 'displayName' },
      defaultValue: id === 'thresholds' ? DEFAULT_THRESHOLDS : undefined,
    }))
  );
  standardTransformersRegistry.setInit(() => {
    const byId = new Map<string, TransformerRegistryItem>();
    for (const transformer of Object.values(standardTransformers)) {
      byId.set(transformer.id, {
        id: transformer.id,
        name: transformer.name,
        description: transformer.description,
        editor: NoEditor,
        transformation: () => Promise.resolve(transformer),
        imageDark: '',
        imageLight: '',
      });
    }
    return [...byId.values()];
  });
}

const DEFAULT_THRESHOLDS = {
  mode: 'absolute',
  steps: [
    { value: -Infinity, color: 'green' },
    { value: 80, color: 'red' },
  ],
};
