import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { config } from '@grafana/runtime';
import { SecureSocksProxySettings } from '@grafana/ui';
import React from 'react';
import type { FirewallOptions, FirewallSecureOptions } from '../query';
import { AuthSection } from './config/AuthSection';
import { ConnectionSection } from './config/ConnectionSection';
import { HeadersSection } from './config/HeadersSection';
import { StoreSection } from './config/StoreSection';
import { TlsSection } from './config/TlsSection';

type Props = DataSourcePluginOptionsEditorProps<FirewallOptions, FirewallSecureOptions>;

/** The data source's settings. "Save & test" below them is Grafana's, and the backend's health check answers it. */
export function ConfigEditor({ options, onOptionsChange }: Props): React.JSX.Element {
  const section = { settings: options, onChange: onOptionsChange };
  return (
    <>
      <ConnectionSection {...section} />
      <AuthSection {...section} />
      <TlsSection {...section} />
      <HeadersSection {...section} />
      <StoreSection {...section} />
      {config.secureSocksDSProxyEnabled && (
        <SecureSocksProxySettings options={options} onOptionsChange={onOptionsChange} />
      )}
    </>
  );
}
