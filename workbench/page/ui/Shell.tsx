import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { config } from '@grafana/runtime';
import { IconButton, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom';

const SECTIONS = [
  { to: '/dashboards', label: 'Dashboards', at: /^\/($|d\/|dashboards)/ },
  { to: '/explore', label: 'Explore', at: /^\/explore/ },
  { to: '/connections/datasources', label: 'Data sources', at: /^\/connections/ },
  { to: '/alerting/list', label: 'Alert rules', at: /^\/alerting/ },
];

/** The bar on top and the page below it. */
export function Shell({ children }: { children: ReactNode }) {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  const dark = config.theme2.isDark;
  return (
    <div className={styles.shell}>
      <header className={styles.bar}>
        <Link to="/" className={styles.brand}>
          <img src="/public/build/img/fireplot.svg" alt="" width={22} height={22} />
          Fireplot
        </Link>
        <nav className={styles.nav} aria-label="Main">
          {SECTIONS.map(({ to, label, at }) => (
            <Link key={to} to={to} className={cx(styles.link, at.test(pathname) && styles.active)}>
              {label}
            </Link>
          ))}
        </nav>
        <span className={styles.note} title="A small host for the plugins; what it lacks is in workbench/README.md">
          workbench, not Grafana
        </span>
        <IconButton
          name="palette"
          tooltip={dark ? 'Light theme' : 'Dark theme'}
          onClick={() => switchTheme(dark ? 'light' : 'dark')}
        />
      </header>
      <main className={styles.page}>{children}</main>
    </div>
  );
}

/** Grafana's packages take the theme at the start, so this loads the page anew. */
function switchTheme(theme: 'light' | 'dark'): void {
  const url = new URL(window.location.href);
  url.searchParams.set('theme', theme);
  window.location.assign(url);
}

const getStyles = (theme: GrafanaTheme2) => ({
  shell: css({
    display: 'flex',
    flexDirection: 'column',
    minHeight: '100%',
    background: theme.colors.background.canvas,
  }),
  bar: css({
    position: 'sticky',
    top: 0,
    zIndex: theme.zIndex.navbarFixed,
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    height: 40,
    padding: theme.spacing(0, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  brand: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontWeight: theme.typography.fontWeightMedium,
    color: theme.colors.text.maxContrast,
  }),
  nav: css({ display: 'flex', alignSelf: 'stretch', gap: theme.spacing(0.5), flexGrow: 1 }),
  link: css({
    display: 'flex',
    alignItems: 'center',
    padding: theme.spacing(0, 1.25),
    color: theme.colors.text.secondary,
    borderBottom: '2px solid transparent',
    '&:hover': { color: theme.colors.text.primary },
  }),
  active: css({ color: theme.colors.text.maxContrast, borderBottomColor: '#ff7a3d' }),
  note: css({ ...theme.typography.bodySmall, color: theme.colors.text.disabled, whiteSpace: 'nowrap' }),
  page: css({ flexGrow: 1, display: 'flex', flexDirection: 'column', minWidth: 0 }),
});
