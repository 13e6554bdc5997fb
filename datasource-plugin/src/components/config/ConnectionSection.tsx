import { Alert, Field, FieldSet, Input } from '@grafana/ui';
import React from 'react';
import type { SectionProps } from './SectionProps';

/** Where `npm start` and `fireplot serve` answer ClickHouse's HTTP interface. */
export const EMBEDDED_URL = 'http://127.0.0.1:8123';

/** '' or what is wrong with a URL. */
export function checkUrl(url: string): string {
  if (url === '') {
    return "The URL of ClickHouse's HTTP interface is needed.";
  }
  try {
    const { protocol, username, password } = new URL(url);
    if (protocol !== 'http:' && protocol !== 'https:') {
      return `${protocol}// is not spoken here: use http:// or https://, port 8123 or 8443 by default.`;
    }
    return username || password ? 'Put user and password into the fields below: a URL is not kept secret.' : '';
  } catch {
    return `${JSON.stringify(url)} is no URL: it starts with http:// or https://.`;
  }
}

export function ConnectionSection({ settings, onChange }: SectionProps): React.JSX.Element {
  const problem = checkUrl(settings.url);
  return (
    <FieldSet label="Connection">
      {settings.url === '' && (
        <Alert severity="info" title="Which URL?">
          The store that fireplot runs by itself answers at {EMBEDDED_URL}, on the machine it runs on. A ClickHouse
          server answers on port 8123, or 8443 with TLS.
        </Alert>
      )}
      <Field
        label="URL"
        description="ClickHouse's HTTP interface, as Grafana's server reaches it."
        invalid={settings.url !== '' && problem !== ''}
        error={problem}
        disabled={settings.readOnly}
        required
      >
        <Input
          id="fireplot-url"
          width={60}
          value={settings.url}
          placeholder={EMBEDDED_URL}
          onChange={(event) => onChange({ ...settings, url: event.currentTarget.value.trim() })}
        />
      </Field>
    </FieldSet>
  );
}
