import type { DataSourceSettings } from '@grafana/data';
import type { FirewallOptions, FirewallSecureOptions } from '../../query';

/** Fields that Grafana's own HTTP client of the plugin SDK reads from jsonData. */
export interface HttpOptions {
  tlsSkipVerify?: boolean;
  tlsAuthWithCACert?: boolean;
  tlsAuth?: boolean;
  serverName?: string;
  enableSecureSocksProxy?: boolean;
}

/** Its secrets; `httpHeaderValue1` and so on come beside them. */
export type SecureField = keyof FirewallSecureOptions | 'tlsCACert' | 'tlsClientCert' | 'tlsClientKey';

export type Settings = DataSourceSettings<FirewallOptions & HttpOptions, FirewallSecureOptions>;

/** The settings with one field of jsonData set, or gone when undefined. */
export function withOption<K extends keyof Settings['jsonData']>(
  settings: Settings,
  field: K,
  value: Settings['jsonData'][K] | undefined
): Settings {
  const { [field]: _old, ...rest } = settings.jsonData;
  return { ...settings, jsonData: value === undefined ? rest : { ...rest, [field]: value } };
}

/** The settings with a secret typed in. */
export function withSecret(settings: Settings, field: string, value: string): Settings {
  return { ...settings, secureJsonData: { ...settings.secureJsonData, [field]: value } };
}

/** The settings with a stored secret forgotten: the field can be typed in anew, and saving it empty clears it. */
export function withoutSecret(settings: Settings, field: string): Settings {
  return {
    ...settings,
    secureJsonFields: { ...settings.secureJsonFields, [field]: false },
    secureJsonData: { ...settings.secureJsonData, [field]: '' },
  };
}

/** A secret as typed in this session; what is stored is never sent to the browser. */
export function secretOf(settings: Settings, field: string): string {
  const value: unknown = settings.secureJsonData ? Reflect.get(settings.secureJsonData, field) : undefined;
  return typeof value === 'string' ? value : '';
}

export function isStored(settings: Settings, field: string): boolean {
  return settings.secureJsonFields?.[field] === true;
}
