import { css } from '@emotion/css';
import { CoreApp, type GrafanaTheme2, type PanelData, type TimeRange } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { Alert, Button, ErrorBoundaryAlert, IconButton, useStyles2 } from '@grafana/ui';
import { nextRefId } from '../model/refId';
import type { ExploreScene } from '../scene/exploreScene';

interface Props {
  scene: ExploreScene;
  data: PanelData | undefined;
  range: TimeRange;
}

/** The data source's own editor, once a query. */
export function QueryRows({ scene, data, range }: Props) {
  const styles = useStyles2(getStyles);
  const { ds, $data } = scene.useState();
  const queries: DataQuery[] = $data.useState().queries;
  const Editor = ds.components?.QueryEditor;
  if (!Editor) return <Alert severity="warning" title={`The data source ${ds.name} has no query editor.`} />;
  const replace = (index: number, query: DataQuery) =>
    scene.setQueries(queries.map((each, i) => (i === index ? query : each)));
  const add = () => {
    const refId = nextRefId(queries.map((query) => query.refId));
    scene.setQueries([...queries, { ...ds.getDefaultQuery?.(CoreApp.Explore), refId }]);
  };
  const remove = (index: number) => {
    scene.setQueries(queries.filter((_, i) => i !== index));
    scene.run();
  };
  return (
    <div className={styles.rows}>
      {queries.map((query, index) => (
        <section
          key={query.refId}
          className={styles.row}
          data-testid="data-testid Query editor row"
          aria-label={`Query ${query.refId}`}
        >
          <header className={styles.head}>
            <span className={styles.refId}>{query.refId}</span>
            <span className={styles.name}>{ds.name}</span>
            {queries.length > 1 && <IconButton name="trash-alt" tooltip="Remove query" onClick={() => remove(index)} />}
          </header>
          <div className={styles.editor}>
            <ErrorBoundaryAlert>
              <Editor
                datasource={ds}
                query={query}
                queries={queries}
                data={data}
                range={range}
                app={CoreApp.Explore}
                onChange={(changed) => replace(index, changed)}
                onRunQuery={() => scene.run()}
                onAddQuery={add}
              />
            </ErrorBoundaryAlert>
          </div>
        </section>
      ))}
      <div>
        <Button variant="secondary" size="sm" icon="plus" onClick={add}>
          Add query
        </Button>
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  rows: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  row: css({
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    overflow: 'hidden',
  }),
  head: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 1),
    background: theme.colors.background.secondary,
  }),
  refId: css({ color: theme.colors.text.link, fontWeight: theme.typography.fontWeightMedium }),
  name: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary, flexGrow: 1, fontStyle: 'italic' }),
  editor: css({ padding: theme.spacing(1), background: theme.colors.background.primary }),
});
