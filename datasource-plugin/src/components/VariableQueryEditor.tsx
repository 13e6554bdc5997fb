import type { QueryEditorProps } from '@grafana/data';
import { Combobox, RadioButtonGroup, Stack } from '@grafana/ui';
import React, { useId } from 'react';
import type { FirewallDataSource } from '../datasource';
import type { FirewallOptions, FirewallQuery, QueryType } from '../query';
import { toVariableQuery } from '../variableQuery';
import { FilterBuilder } from './FilterBuilder';
import { Option } from './Option';
import { withField, withType } from './queryChange';
import { SqlField } from './SqlField';
import { isGroupable, useColumns } from './useColumns';

type Props = QueryEditorProps<FirewallDataSource, FirewallQuery, FirewallOptions>;

const KINDS: Array<{ value: QueryType; label: string }> = [
  { value: 'variable', label: 'Column values' },
  { value: 'sql', label: 'From SQL' },
];

/** A statement to begin with, bounded in time and in rows. */
const FIRST_SQL = 'SELECT DISTINCT rule FROM events WHERE $__timeFilter(time) LIMIT 1000';

/** The query of a dashboard variable. A dashboard may hold a plain text there, the name of a column. */
export function VariableQueryEditor({
  query: stored,
  onChange,
  onRunQuery,
  datasource,
  range,
}: Props): React.JSX.Element {
  const id = useId();
  const { resources } = datasource;
  const columns = useColumns(resources, isGroupable);
  const query = toVariableQuery(stored);
  const update = (changed: FirewallQuery) => {
    onChange(changed);
    onRunQuery();
  };
  return (
    <Stack direction="column" gap={0.5}>
      <Option
        label="Query type"
        tooltip="Column values: the commonest values of a column in the dashboard's range. SQL: one column, or two named value and text."
      >
        <RadioButtonGroup<QueryType>
          aria-label="Query type"
          options={KINDS}
          value={query.queryType === 'sql' ? 'sql' : 'variable'}
          onChange={(type) => update(withType(query, type, FIRST_SQL))}
        />
      </Option>
      {query.queryType === 'sql' ? (
        <SqlField
          value={query.rawSql ?? ''}
          resources={resources}
          onCommit={(sql) => onChange(withField(query, 'rawSql', sql))}
          onRun={onRunQuery}
        />
      ) : (
        <>
          <Option label="Column" tooltip="The column whose values the variable offers.">
            <Combobox
              id={`${id}-column`}
              options={columns}
              value={query.column || null}
              placeholder="Choose a column"
              width={20}
              onChange={({ value }) => update(withField(query, 'column', value))}
            />
          </Option>
          <FilterBuilder
            filters={query.filters}
            resources={resources}
            range={range}
            onChange={(filters) => update(withField(query, 'filters', filters))}
          />
        </>
      )}
    </Stack>
  );
}
