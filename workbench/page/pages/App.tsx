import { config, locationService, LocationServiceProvider } from '@grafana/runtime';
import { ErrorBoundaryAlert, GlobalStyles, ModalRoot, ModalsProvider, PortalContainer } from '@grafana/ui';
import { ThemeContext } from '@grafana/data';
import { Route, Routes } from 'react-router-dom';
import { LocationRouter } from '../ui/LocationRouter';
import { Shell } from '../ui/Shell';
import { Toasts } from '../ui/Toasts';
import { AlertRulesPage } from './AlertRulesPage';
import { DashboardPage } from './DashboardPage';
import { DataSourceListPage } from './DataSourceListPage';
import { DataSourcePage } from './DataSourcePage';
import { ExplorePage } from './ExplorePage';
import { HomePage } from './HomePage';
import { NotFoundPage } from './NotFoundPage';

/** The same addresses as Grafana's. */
export function App() {
  return (
    <ThemeContext.Provider value={config.theme2}>
      <LocationServiceProvider service={locationService}>
        <ModalsProvider>
          <GlobalStyles />
          <LocationRouter>
            <Shell>
              <ErrorBoundaryAlert>
                <Routes>
                  <Route path="/" element={<HomePage />} />
                  <Route path="/dashboards" element={<HomePage />} />
                  <Route path="/d/:uid/:slug?" element={<DashboardPage />} />
                  <Route path="/explore" element={<ExplorePage />} />
                  <Route path="/connections/datasources" element={<DataSourceListPage />} />
                  <Route path="/connections/datasources/edit/:uid" element={<DataSourcePage />} />
                  <Route path="/alerting/list?" element={<AlertRulesPage />} />
                  <Route path="*" element={<NotFoundPage />} />
                </Routes>
              </ErrorBoundaryAlert>
            </Shell>
            <ModalRoot />
          </LocationRouter>
          <Toasts />
          <PortalContainer />
        </ModalsProvider>
      </LocationServiceProvider>
    </ThemeContext.Provider>
  );
}
