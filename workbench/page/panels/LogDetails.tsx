import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import type { LogRow } from '../model/logRows';

export type OnFilter = (filter: { key: string; value: string; operator: '=' | '!=' }) => void;

interface Props {
  row: LogRow;
  onFilter?: OnFilter;
}

/** The labels of one row, each with the filters for and against it. */
export function LogDetails({ row, onFilter }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <table className={styles.table}>
      <tbody>
        {Object.entries(row.labels).map(([key, value]) => (
          <tr key={key}>
            {onFilter && (
              <td className={styles.actions}>
                <IconButton
                  name="search-plus"
                  tooltip="Filter for value"
                  onClick={() => onFilter({ key, value, operator: '=' })}
                />
                <IconButton
                  name="search-minus"
                  tooltip="Filter out value"
                  onClick={() => onFilter({ key, value, operator: '!=' })}
                />
              </td>
            )}
            <th scope="row">{key}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    margin: theme.spacing(0.5, 0, 1, 3),
    borderLeft: `1px solid ${theme.colors.border.weak}`,
    'td, th': { padding: theme.spacing(0.25, 1.5), textAlign: 'left', fontWeight: 'normal' },
    th: { color: theme.colors.text.secondary },
  }),
  actions: css({ whiteSpace: 'nowrap' }),
});
