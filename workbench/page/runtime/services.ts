import { initPluginTranslations } from '@grafana/i18n';
import {
  FakeEchoSrv,
  locationService,
  setAppEvents,
  setBackendSrv,
  setDataSourceSrv,
  setEchoSrv,
  setGrafanaLiveSrv,
  setLocationSrv,
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginImportUtils,
  setPluginLinksHook,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';
import { initializeLoggersRegistry } from '@grafana/runtime/unstable';
import { setPanelDataErrorView } from 'runtime-private/PanelDataErrorView';
import { NoDataView } from '../ui/NoDataView';
import { appEvents } from './appEvents';
import { WorkbenchBackendSrv } from './backendSrv';
import { WorkbenchDataSourceSrv } from './dataSources';
import { WorkbenchLiveSrv } from './live';
import { cachedPanelPlugin, importPanelPlugin, initPlugins } from './plugins';
import { initRegistries } from './registries';
import { runRequest } from './runRequest';
import { WorkbenchTemplateSrv } from './templateSrv';

/** Sets every service that @grafana/runtime hands to plugins and scenes. To be called once, before anything is drawn. */
export async function initServices(): Promise<void> {
  await initPluginTranslations('grafana');
  initializeLoggersRegistry();
  setEchoSrv(new FakeEchoSrv());
  setAppEvents(appEvents);
  setBackendSrv(new WorkbenchBackendSrv());
  setTemplateSrv(new WorkbenchTemplateSrv());
  setLocationSrv(locationService);
  setRunRequest(runRequest);
  setGrafanaLiveSrv(new WorkbenchLiveSrv());
  setPluginImportUtils({ importPanelPlugin, getPanelPluginFromCache: cachedPanelPlugin });
  setPluginLinksHook(() => ({ isLoading: false, links: [] }));
  setPluginComponentsHook(() => ({ isLoading: false, components: [] }));
  setPluginComponentHook(() => ({ isLoading: false, component: null }));
  setPluginFunctionsHook(() => ({ isLoading: false, functions: [] }));
  setPanelDataErrorView(NoDataView);
  initRegistries();
  initPlugins();
  setDataSourceSrv(new WorkbenchDataSourceSrv());
}
