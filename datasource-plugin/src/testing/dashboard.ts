import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import {
  ConstantVariable,
  CustomVariable,
  EmbeddedScene,
  IntervalVariable,
  SceneFlexLayout,
  sceneGraph,
  SceneVariableSet,
  TextBoxVariable,
} from '@grafana/scenes';

type VariableSpec =
  | { kind: 'text'; value: string }
  | { kind: 'constant'; value: string }
  | { kind: 'interval'; value: string }
  /** A choice; on All with `value: ['$__all']`, among `options`. */
  | { kind: 'choice'; value: string | string[]; several?: boolean; options?: string[]; allValue?: string };

/** The template service of a dashboard with these variables: the interpolation that Grafana's dashboards use. */
export function dashboardWith(specs: Record<string, VariableSpec>): Pick<TemplateSrv, 'replace'> {
  const scene = new EmbeddedScene({
    body: new SceneFlexLayout({ children: [] }),
    $variables: new SceneVariableSet({
      variables: Object.entries(specs).map(([name, spec]) => toVariable(name, spec)),
    }),
  });
  return {
    replace: (text = '', scopedVars?: ScopedVars, format?: string | Function) =>
      // Grafana's service hands over its format as this one does; the type there is a looser one.
      sceneGraph.interpolate(scene, text, scopedVars, format as Parameters<typeof sceneGraph.interpolate>[3]),
  };
}

function toVariable(name: string, spec: VariableSpec) {
  switch (spec.kind) {
    case 'text':
      return new TextBoxVariable({ name, value: spec.value });
    case 'constant':
      return new ConstantVariable({ name, value: spec.value });
    case 'interval':
      return new IntervalVariable({ name, intervals: [spec.value], value: spec.value });
    case 'choice': {
      const all = [...(Array.isArray(spec.value) ? spec.value : [spec.value]), ...(spec.options ?? [])];
      return new CustomVariable({
        name,
        value: spec.value,
        text: spec.value,
        isMulti: spec.several ?? Array.isArray(spec.value),
        includeAll: spec.options !== undefined,
        options: all.filter((value) => value !== '$__all').map((value) => ({ label: value, value })),
        ...(spec.allValue === undefined ? {} : { allValue: spec.allValue }),
      });
    }
  }
}
