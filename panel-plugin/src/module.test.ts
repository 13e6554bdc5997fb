import { FieldConfigProperty, standardEditorsRegistry, standardFieldConfigEditorRegistry } from '@grafana/data';
import { beforeAll, describe, expect, it } from 'vitest';
import { plugin } from './module';
import { DEFAULTS } from './types';

// What Grafana registers before it loads a plugin; an option of a kind not among these would keep the panel from loading.
beforeAll(() => {
  const item = (id: string) => ({ id, name: id, editor: () => null });
  standardEditorsRegistry.setInit(() =>
    ['radio', 'slider', 'number', 'boolean', 'multi-select', 'field-name'].map(item)
  );
  standardFieldConfigEditorRegistry.setInit(() =>
    Object.values(FieldConfigProperty).map((id) => ({
      ...item(id),
      path: id,
      description: '',
      override: item(id).editor,
      process: (value: unknown) => value,
      shouldApply: () => true,
    }))
  );
});

describe('the plugin', () => {
  it('gives every option the default that the panel counts on', () => {
    expect(plugin.defaults).toEqual(DEFAULTS);
  });

  it('offers no standard options that a fireplot has no use for', () => {
    const offered = Object.values(FieldConfigProperty).filter((id) => plugin.fieldConfigRegistry.getIfExists(id));
    expect(offered).toEqual([]);
  });
});
