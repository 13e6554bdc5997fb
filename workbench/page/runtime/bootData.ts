import type { DataSourceInstanceSettings, PanelPluginMeta } from '@grafana/data';
import type { ThemeName } from './theme';

/** GET /api/frontend/settings, as far as the page reads it by name; the rest goes to Grafana's config as it is. */
export interface FrontendSettings {
  buildInfo: { version: string };
  datasources: Record<string, DataSourceInstanceSettings>;
  defaultDatasource: string;
  panels: Record<string, PanelPluginMeta>;
}

/** What Grafana's server writes into its page: settings and the one viewer there is. */
export function bootData(settings: FrontendSettings, theme: ThemeName, timeZone: string) {
  return {
    settings,
    user: {
      isSignedIn: true,
      login: 'workbench',
      name: 'Workbench',
      orgId: 1,
      orgName: 'Workbench',
      orgRole: 'Admin',
      theme,
      timezone: 'browser',
      weekStart: 'browser',
      locale: 'en-US',
      language: 'en-US',
      regionalFormat: 'en-US',
      permissions: {},
      detectedTimeZone: timeZone,
    },
    navTree: [],
  };
}
