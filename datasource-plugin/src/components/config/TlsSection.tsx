import { Field, FieldSet, Input, SecretTextArea, Switch } from '@grafana/ui';
import React from 'react';
import type { SectionProps } from './SectionProps';
import { isStored, type SecureField, secretOf, withoutSecret, withOption, withSecret } from './settings';

const SWITCHES = [
  {
    field: 'tlsAuthWithCACert',
    label: 'Own CA certificate',
    about: "The server's certificate is signed by a CA of yours.",
  },
  { field: 'tlsAuth', label: 'Client certificate', about: 'The server asks for a certificate (mutual TLS).' },
  {
    field: 'tlsSkipVerify',
    label: 'Skip certificate check',
    about: 'Anyone in between can then read and change answers. For tests.',
  },
] as const;

export function TlsSection({ settings, onChange }: SectionProps): React.JSX.Element {
  const disabled = settings.readOnly ?? false;
  const { jsonData } = settings;
  const secret = (field: SecureField, label: string, begin: string) => (
    <Field label={label} disabled={disabled}>
      <SecretTextArea
        id={`fireplot-${field}`}
        cols={60}
        rows={6}
        placeholder={`-----BEGIN ${begin}-----`}
        isConfigured={isStored(settings, field)}
        value={secretOf(settings, field)}
        onChange={(event) => onChange(withSecret(settings, field, event.currentTarget.value))}
        onReset={() => onChange(withoutSecret(settings, field))}
      />
    </Field>
  );
  return (
    <FieldSet label="TLS">
      {SWITCHES.map(({ field, label, about }) => (
        <Field key={field} label={label} description={about} disabled={disabled}>
          <Switch
            id={`fireplot-${field}`}
            value={jsonData[field] ?? false}
            onChange={(event) => onChange(withOption(settings, field, event.currentTarget.checked || undefined))}
          />
        </Field>
      ))}
      {jsonData.tlsAuthWithCACert && secret('tlsCACert', 'CA certificate', 'CERTIFICATE')}
      {jsonData.tlsAuth && (
        <>
          <Field
            label="Server name"
            description="As in the server's certificate, if it differs from the URL."
            disabled={disabled}
          >
            <Input
              id="fireplot-server-name"
              width={40}
              value={jsonData.serverName ?? ''}
              placeholder="clickhouse.example.com"
              onChange={(event) => onChange(withOption(settings, 'serverName', event.currentTarget.value || undefined))}
            />
          </Field>
          {secret('tlsClientCert', 'Client certificate text', 'CERTIFICATE')}
          {secret('tlsClientKey', 'Client key', 'PRIVATE KEY')}
        </>
      )}
    </FieldSet>
  );
}
