import { Field, FieldSet, Input, SecretInput, Switch } from '@grafana/ui';
import React from 'react';
import type { SectionProps } from './SectionProps';
import { isStored, secretOf, withoutSecret, withSecret } from './settings';

const PASSWORD = 'basicAuthPassword';

export function AuthSection({ settings, onChange }: SectionProps): React.JSX.Element {
  const disabled = settings.readOnly ?? false;
  return (
    <FieldSet label="Authentication">
      <Field
        label="Basic authentication"
        description="Not needed for the embedded store. On a server use a user that may only read."
        disabled={disabled}
      >
        <Switch
          id="fireplot-basic-auth"
          value={settings.basicAuth}
          onChange={(event) => onChange({ ...settings, basicAuth: event.currentTarget.checked })}
        />
      </Field>
      {settings.basicAuth && (
        <>
          <Field label="User" disabled={disabled}>
            <Input
              id="fireplot-user"
              width={40}
              value={settings.basicAuthUser}
              placeholder="grafana_reader"
              onChange={(event) => onChange({ ...settings, basicAuthUser: event.currentTarget.value })}
            />
          </Field>
          <Field label="Password" disabled={disabled}>
            <SecretInput
              id="fireplot-password"
              width={40}
              isConfigured={isStored(settings, PASSWORD)}
              value={secretOf(settings, PASSWORD)}
              onChange={(event) => onChange(withSecret(settings, PASSWORD, event.currentTarget.value))}
              onReset={() => onChange(withoutSecret(settings, PASSWORD))}
            />
          </Field>
        </>
      )}
    </FieldSet>
  );
}
