import type { GrafanaTheme2 } from '@grafana/data';

/** What an entry of any of the legends looks like: a button that is text until one points at it. */
export const legendItem = (theme: GrafanaTheme2) =>
  ({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    padding: theme.spacing(0, 0.5),
    lineHeight: '22px',
    border: 0,
    background: 'none',
    color: theme.colors.text.primary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
    '&:hover': { background: theme.colors.action.hover },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }) as const;
