import { DataSourcePlugin } from '@grafana/data';
import { ConfigEditor } from './components/ConfigEditor';
import { QueryEditor } from './components/QueryEditor';
import { FirewallDataSource } from './datasource';
import type { FirewallOptions, FirewallQuery, FirewallSecureOptions } from './query';

export const plugin = new DataSourcePlugin<FirewallDataSource, FirewallQuery, FirewallOptions, FirewallSecureOptions>(
  FirewallDataSource
)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor);
