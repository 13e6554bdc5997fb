import { Button, FieldSet, IconButton, InlineField, Input, SecretInput, Stack } from '@grafana/ui';
import React from 'react';
import { readHeaders, withHeader, withoutHeader } from './headers';
import type { SectionProps } from './SectionProps';

export function HeadersSection({ settings, onChange }: SectionProps): React.JSX.Element {
  const headers = readHeaders(settings);
  const disabled = settings.readOnly ?? false;
  return (
    <FieldSet label="HTTP headers">
      <Stack direction="column" gap={0.5} alignItems="flex-start">
        {headers.map((header, i) => (
          <Stack key={i} direction="row" gap={0.5} alignItems="center">
            <InlineField label="Header" disabled={disabled}>
              <Input
                id={`fireplot-header-${i}-name`}
                width={30}
                value={header.name}
                placeholder="X-Custom-Header"
                onChange={(event) => onChange(withHeader(settings, i, { ...header, name: event.currentTarget.value }))}
              />
            </InlineField>
            <InlineField label="Value" disabled={disabled}>
              <SecretInput
                id={`fireplot-header-${i}-value`}
                width={40}
                isConfigured={header.stored}
                value={header.value}
                onChange={(event) => onChange(withHeader(settings, i, { ...header, value: event.currentTarget.value }))}
                onReset={() => onChange(withHeader(settings, i, { ...header, value: '', stored: false }))}
              />
            </InlineField>
            <IconButton
              name="times"
              aria-label="Remove header"
              tooltip={
                i < headers.length - 1
                  ? 'Remove header. The values of the ones below are stored by position and have to be typed in again.'
                  : 'Remove header'
              }
              disabled={disabled}
              onClick={() => onChange(withoutHeader(settings, i))}
            />
          </Stack>
        ))}
        <Button
          variant="secondary"
          size="sm"
          icon="plus"
          type="button"
          disabled={disabled}
          onClick={() => onChange(withHeader(settings, headers.length, { name: '', value: '', stored: false }))}
        >
          Add header
        </Button>
      </Stack>
    </FieldSet>
  );
}
