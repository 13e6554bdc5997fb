/** Dark is Grafana's default too. */
export type ThemeName = 'dark' | 'light';

const KEY = 'fireplot.workbench.theme';

/** `?theme=` wins and is remembered, as far as the browser lets a page remember. */
export function readTheme(search: string, storage: Pick<Storage, 'getItem' | 'setItem'>): ThemeName {
  const asked = new URLSearchParams(search).get('theme');
  try {
    if (asked === 'dark' || asked === 'light') {
      storage.setItem(KEY, asked);
      return asked;
    }
    return storage.getItem(KEY) === 'light' ? 'light' : 'dark';
  } catch {
    return asked === 'light' ? 'light' : 'dark';
  }
}
