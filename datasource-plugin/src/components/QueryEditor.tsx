import type { QueryEditorProps } from '@grafana/data';
import { Stack } from '@grafana/ui';
import React, { useId } from 'react';
import type { FirewallDataSource } from '../datasource';
import { defaultQuery } from '../defaults';
import type { FirewallOptions, FirewallQuery } from '../query';
import { EventsOptions } from './EventsOptions';
import { FilterBuilder } from './FilterBuilder';
import { FireplotOptions } from './FireplotOptions';
import type { OptionsProps } from './options';
import { withField, withType } from './queryChange';
import { SqlOptions } from './SqlOptions';
import { TopOptions } from './TopOptions';
import { TypePicker } from './TypePicker';

export type EditorProps = QueryEditorProps<FirewallDataSource, FirewallQuery, FirewallOptions>;

/** The query editor in dashboards, Explore, annotations and alert rules. */
export function QueryEditor({
  query: stored,
  onChange,
  onRunQuery,
  datasource,
  app,
  range,
}: EditorProps): React.JSX.Element {
  const id = useId();
  const { resources } = datasource;
  const query: FirewallQuery = { ...stored, queryType: stored.queryType ?? defaultQuery(app).queryType };
  const update = (changed: FirewallQuery) => {
    onChange(changed);
    onRunQuery();
  };
  const options: OptionsProps = { query, id, set: (field, value) => update(withField(query, field, value)) };
  return (
    <Stack direction="column" gap={0.5}>
      <Stack direction="row" gap={0.5} wrap="wrap">
        <TypePicker id={id} value={query.queryType} app={app} onChange={(type) => update(withType(query, type))} />
        {query.queryType === 'fireplot' && <FireplotOptions {...options} />}
        {query.queryType === 'events' && <EventsOptions {...options} />}
        {query.queryType === 'top' && <TopOptions {...options} resources={resources} />}
      </Stack>
      {query.queryType === 'sql' ? (
        <SqlOptions {...options} resources={resources} onChange={onChange} onRunQuery={onRunQuery} />
      ) : (
        <FilterBuilder
          filters={query.filters}
          resources={resources}
          range={range}
          onChange={(filters) => options.set('filters', filters)}
        />
      )}
    </Stack>
  );
}
