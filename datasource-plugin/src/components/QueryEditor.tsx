import type { QueryEditorProps } from '@grafana/data';
import { Stack } from '@grafana/ui';
import React, { useId } from 'react';
import type { FirewallDataSource } from '../datasource';
import { DEFAULTS, isRule } from '../defaults';
import type { FirewallOptions, FirewallQuery, QueryType } from '../query';
import { EventsOptions } from './EventsOptions';
import { FilterBuilder } from './FilterBuilder';
import { FindingOptions } from './FindingOptions';
import { FireplotOptions } from './FireplotOptions';
import { FormatOption } from './FormatOption';
import { IntelOptions } from './IntelOptions';
import { LimitOption } from './LimitOption';
import type { OptionsProps } from './options';
import { withField, withType } from './queryChange';
import { SqlOptions } from './SqlOptions';
import { TopOptions } from './TopOptions';
import { TypePicker } from './TypePicker';

const SQL_FORMATS = ['table', 'timeseries', 'logs', 'numeric'] as const;
const SQL_FORMAT_HELP =
  'Table: rows as they are. Time series: a time, numbers, and text columns as labels. Logs: a time, a message, and the rest as labels. Numbers: text columns as labels of one number each, for alert rules.';

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
  const query: FirewallQuery = { ...stored, queryType: stored.queryType ?? DEFAULTS.queryType };
  const update = (changed: FirewallQuery) => {
    onChange(changed);
    onRunQuery();
  };
  const rule = isRule(app);
  const options: OptionsProps = { query, id, rule, set: (field, value) => update(withField(query, field, value)) };
  const changeType = (type: QueryType) => {
    const changed = withType(query, type);
    update(rule ? { ...changed, format: 'numeric' } : changed);
  };
  return (
    <Stack direction="column" gap={0.5}>
      <Stack direction="row" gap={0.5} wrap="wrap">
        <TypePicker id={id} value={query.queryType} rule={rule} onChange={changeType} />
        {query.queryType === 'fireplot' && <FireplotOptions {...options} />}
        {query.queryType === 'events' && <EventsOptions {...options} />}
        {query.queryType === 'top' && <TopOptions {...options} resources={resources} />}
        {(query.queryType === 'scans' || query.queryType === 'spikes') && <FindingOptions {...options} />}
        {query.queryType === 'dshield' && (
          <LimitOption {...options} standard={DEFAULTS.comparedLimit} tooltip="Ports at most." />
        )}
        {query.queryType === 'intel' && <IntelOptions {...options} />}
        {query.queryType === 'sql' && <FormatOption {...options} formats={SQL_FORMATS} tooltip={SQL_FORMAT_HELP} />}
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
