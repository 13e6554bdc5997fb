import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigEditor } from './ConfigEditor';
import { checkUrl } from './config/ConnectionSection';
import type { Settings } from './config/settings';

afterEach(cleanup);

function settings(over: Partial<Settings> = {}): Settings {
  return {
    id: 1,
    uid: 'fireplot',
    orgId: 1,
    name: 'Fireplot',
    typeLogoUrl: '',
    type: 'fireplot-firewall-datasource',
    typeName: 'Fireplot',
    access: 'proxy',
    url: 'http://127.0.0.1:8123',
    user: '',
    database: '',
    basicAuth: false,
    basicAuthUser: '',
    isDefault: false,
    jsonData: {},
    secureJsonFields: {},
    readOnly: false,
    withCredentials: false,
    ...over,
  };
}

/** The editor in a host that keeps the settings, as Grafana does until "Save & test". */
function open(over: Partial<Settings> = {}) {
  const changes: Settings[] = [];
  function Host() {
    const [current, setCurrent] = useState(settings(over));
    return (
      <ConfigEditor
        options={current}
        onOptionsChange={(next) => {
          changes.push(next);
          setCurrent(next);
        }}
      />
    );
  }
  render(<Host />);
  return { user: userEvent.setup(), changes, last: () => changes.at(-1)! };
}

describe('ConfigEditor', () => {
  it('says where the embedded store answers, as long as there is no URL', async () => {
    const { user, last } = open({ url: '' });
    expect(screen.getByText(/http:\/\/127\.0\.0\.1:8123/)).toBeTruthy();
    await user.type(screen.getByLabelText(/^URL/), 'http://127.0.0.1:8123');
    expect(last().url).toBe('http://127.0.0.1:8123');
    expect(screen.queryByText(/Which URL/)).toBeNull();
  });

  it('asks for user and password once basic authentication is on', async () => {
    const { user, last } = open();
    expect(screen.queryByLabelText('Password')).toBeNull();
    await user.click(screen.getByLabelText(/^Basic authentication/));
    await user.type(screen.getByLabelText('User'), 'reader');
    await user.type(screen.getByLabelText('Password'), 's3cret');
    expect(last()).toMatchObject({
      basicAuth: true,
      basicAuthUser: 'reader',
      secureJsonData: { basicAuthPassword: 's3cret' },
    });
  });

  it('never shows a stored password, and forgets it when reset', async () => {
    const { user, last } = open({ basicAuth: true, secureJsonFields: { basicAuthPassword: true } });
    const password = screen.getByLabelText<HTMLInputElement>('Password');
    expect([password.disabled, password.value]).toEqual([true, 'configured']);
    await user.click(screen.getByText('Reset'));
    expect(last().secureJsonFields).toEqual({ basicAuthPassword: false });
    expect(last().secureJsonData).toEqual({ basicAuthPassword: '' });
    await user.type(screen.getByLabelText('Password'), 'new');
    expect(last().secureJsonData).toEqual({ basicAuthPassword: 'new' });
  });

  it('takes certificates where TLS asks for them', async () => {
    const { user, last } = open();
    await user.click(screen.getByLabelText(/^Own CA certificate/));
    await user.type(screen.getByLabelText('CA certificate'), 'PEM');
    expect(last().jsonData).toEqual({ tlsAuthWithCACert: true });
    expect(last().secureJsonData).toEqual({ tlsCACert: 'PEM' });
    await user.click(screen.getByLabelText(/^Own CA certificate/));
    expect(last().jsonData).toEqual({});
  });

  it('stores limits as numbers, and nothing where the default is meant', async () => {
    const { user, last, changes } = open({ jsonData: { queryTimeout: '45' } });
    expect(screen.getByLabelText<HTMLInputElement>(/^Query timeout/).value).toBe('45');
    await user.type(screen.getByLabelText(/^Rows at most/), '5000{Enter}');
    expect(last().jsonData).toEqual({ queryTimeout: '45', maxRows: 5000 });
    await user.clear(screen.getByLabelText(/^Query timeout/));
    await user.tab();
    expect(last().jsonData).toEqual({ maxRows: 5000 });
    const before = changes.length;
    await user.type(screen.getByLabelText(/^Query timeout/), 'soon{Enter}');
    expect(changes).toHaveLength(before);
  });

  it('cannot be changed where it is provisioned', () => {
    open({ readOnly: true, basicAuth: true });
    const fields = [...document.querySelectorAll('input, textarea')] as HTMLInputElement[];
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.filter((field) => !field.disabled).map((field) => field.id)).toEqual([]);
  });
});

describe('checkUrl', () => {
  it.each(['http://127.0.0.1:8123', 'https://clickhouse.example.com:8443/path', 'http://[::1]:8123'])(
    'takes %s',
    (url) => expect(checkUrl(url)).toBe('')
  );
  it.each([
    ['', /needed/],
    ['127.0.0.1:8123', /starts with http/],
    ['localhost:8123', /http:\/\/ or https/],
    ['tcp://127.0.0.1:9000', /tcp:\/\/ is not spoken/],
    ['http://reader:s3cret@host:8123', /not kept secret/],
  ])('says what is wrong with %j', (url, reason) => expect(checkUrl(url)).toMatch(reason));
});
