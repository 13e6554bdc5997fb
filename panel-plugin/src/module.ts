import { FieldConfigProperty, PanelPlugin, type SelectFieldConfigSettings } from '@grafana/data';
import { FireplotPanel } from './FireplotPanel';
import { KINDS } from './overlay/scan';
import { DEFAULTS, type Options } from './types';

const FIELDS = ['Fields'];
const SCANS = ['Scans'];

export const plugin = new PanelPlugin<Options>(FireplotPanel)
  .useFieldConfig({ disableStandardOptions: Object.values(FieldConfigProperty) })
  .setPanelOptions((builder) =>
    builder
      .addRadio({
        path: 'scheme',
        name: 'Colours',
        defaultValue: DEFAULTS.scheme,
        settings: {
          options: [
            { value: 'default', label: 'Theme', description: 'Follows the theme; safe for colour-blind eyes' },
            { value: 'classic', label: 'Classic', description: "The original fireplot's colours on black" },
          ],
        },
      })
      .addSliderInput({
        path: 'dotSize',
        name: 'Dot size',
        description: 'Least size of a point, in pixels',
        defaultValue: DEFAULTS.dotSize,
        settings: { min: 1, max: 6, step: 0.5 },
      })
      .addNumberInput({
        path: 'fullCount',
        name: 'Brightest at',
        description: 'Events in a cell that are painted brightest; 0 follows the data',
        defaultValue: DEFAULTS.fullCount,
        settings: { min: 0, integer: true },
      })
      .addRadio({
        path: 'noPortStrip',
        name: 'Row for events without port',
        description: 'ICMP and other protocols that have none',
        defaultValue: DEFAULTS.noPortStrip,
        settings: {
          options: [
            { value: 'auto', label: 'Auto' },
            { value: 'always', label: 'Always' },
            { value: 'never', label: 'Never' },
          ],
        },
      })
      .addBooleanSwitch({ path: 'showLegend', name: 'Legend', defaultValue: DEFAULTS.showLegend })
      .addBooleanSwitch({
        path: 'showCaption',
        name: 'Caption',
        description: 'The grid in use, and rows that could not be placed',
        defaultValue: DEFAULTS.showCaption,
      })
      .addBooleanSwitch({
        path: 'dayStepper',
        name: 'Steps by day',
        description: 'Buttons for the day before, today and the day after',
        defaultValue: DEFAULTS.dayStepper,
      })
      .addBooleanSwitch({
        path: 'showScans',
        name: 'Show scans',
        description: 'Draws what a second query found: any frame with start, end, min_port, max_port and kind',
        category: SCANS,
        defaultValue: DEFAULTS.showScans,
      })
      .addMultiSelect<unknown, SelectFieldConfigSettings<unknown>>({
        path: 'scanKinds',
        name: 'Kinds',
        description: 'Kinds that are drawn; none chosen draws all',
        category: SCANS,
        defaultValue: DEFAULTS.scanKinds,
        settings: { options: KINDS.map((kind) => ({ value: kind, label: kind })) },
        showIf: (options) => options.showScans,
      })
      .addBooleanSwitch({
        path: 'scanLabels',
        name: 'Labels',
        description: 'Names scans on the plot where there is room',
        category: SCANS,
        defaultValue: DEFAULTS.scanLabels,
        showIf: (options) => options.showScans,
      })
      .addFieldNamePicker({ path: 'timeField', name: 'Time', category: FIELDS, defaultValue: DEFAULTS.timeField })
      .addFieldNamePicker({ path: 'portField', name: 'Port', category: FIELDS, defaultValue: DEFAULTS.portField })
      .addFieldNamePicker({
        path: 'protocolField',
        name: 'Protocol',
        category: FIELDS,
        defaultValue: DEFAULTS.protocolField,
      })
      .addFieldNamePicker({ path: 'sourceField', name: 'Source', category: FIELDS, defaultValue: DEFAULTS.sourceField })
      .addFieldNamePicker({ path: 'countField', name: 'Count', category: FIELDS, defaultValue: DEFAULTS.countField })
  );
