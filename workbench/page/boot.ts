// The first script of the page. Grafana's packages read window.grafanaBootData when they are imported, so that has to
// be there before main is.
import { bootData, type FrontendSettings } from './runtime/bootData';
import { readTheme } from './runtime/theme';

declare global {
  interface Window {
    grafanaBootData?: unknown;
    __grafana_public_path__?: string;
  }
}

function showFailure(error: unknown): void {
  const root = document.getElementById('root');
  if (root) {
    root.textContent = `The workbench could not start: ${error instanceof Error ? error.message : String(error)}`;
    root.style.cssText = 'padding: 24px; font: 14px sans-serif';
  }
}

async function boot(): Promise<void> {
  const answer = await fetch('/api/frontend/settings');
  if (!answer.ok) throw new Error(`/api/frontend/settings answered ${answer.status}`);
  const settings = (await answer.json()) as FrontendSettings;
  const theme = readTheme(window.location.search, window.localStorage);
  window.grafanaBootData = bootData(settings, theme, Intl.DateTimeFormat().resolvedOptions().timeZone);
  window.__grafana_public_path__ = '/public/';
  // Read by Monaco when the first editor is drawn.
  Object.assign(window, { MonacoEnvironment: { getWorkerUrl: () => '/public/build/editor.worker.js' } });
  // zod, inside Grafana's packages, would try `new Function`, which the content policy refuses and the console shows.
  Object.assign(window, { __zod_globalConfig: { jitless: true } });
  document.body.style.background = theme === 'dark' ? '#111217' : '#f4f5f5';
  const { main } = await import('./main');
  await main();
}

boot().catch(showFailure);
