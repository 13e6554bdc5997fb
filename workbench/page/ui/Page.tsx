import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useEffect, type ReactNode } from 'react';

interface Props {
  title: string;
  subTitle?: string;
  children: ReactNode;
}

/** A page with a heading and a readable width; also sets the document's title. */
export function Page({ title, subTitle, children }: Props) {
  const styles = useStyles2(getStyles);
  useTitle(title);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{title}</h1>
      {subTitle && <p className={styles.sub}>{subTitle}</p>}
      {children}
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} - Fireplot workbench`;
  }, [title]);
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ width: '100%', maxWidth: 960, margin: '0 auto', padding: theme.spacing(4, 2) }),
  title: css({ ...theme.typography.h2, marginBottom: theme.spacing(0.5) }),
  sub: css({ color: theme.colors.text.secondary, marginBottom: theme.spacing(3) }),
});
