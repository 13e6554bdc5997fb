import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { UserError } from '../error.js';
import { resolveSettings } from '../resolve.js';
import { kafkaInput } from './kafka-input.js';

const folder = mkdtempSync(path.join(tmpdir(), 'fireplot-kafka-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const secret = path.join(folder, 'password');
writeFileSync(secret, 'from a file\n');

/** @param env without FIREPLOT_KAFKA_ */
const input = (env: Record<string, string>): ReturnType<typeof kafkaInput> => {
  const named = Object.entries(env).map(([name, value]) => [`FIREPLOT_KAFKA_${name}`, value]);
  return kafkaInput(
    resolveSettings({ options: {}, env: Object.fromEntries(named) as Record<string, string>, cwd: folder })
  );
};

const NAMED = { BROKERS: 'k1:9092,[2001:db8::1]:9093', TOPICS: 'fw,other.fw' };

test('no broker, no Kafka; brokers and topics are enough for it', () => {
  expect(input({})).toBeUndefined();
  expect(input(NAMED)).toEqual({
    ...{ brokers: ['k1:9092', '[2001:db8::1]:9093'], topics: ['fw', 'other.fw'], group: 'fireplot', from: 'start' },
    ...{ tls: undefined, sasl: undefined, lineLimit: 8192 },
  });
});

test('TLS and the login come from their settings, the password from a file if one is named', () => {
  expect(input({ ...NAMED, TLS: 'on', TLS_CA: 'ca.pem' })?.tls).toEqual({
    ...{ ca: path.join(folder, 'ca.pem'), cert: '', key: '' },
  });
  const login = { ...NAMED, SASL: 'SCRAM-SHA-512', USER: 'ada' };
  const expected = { mechanism: 'SCRAM-SHA-512', user: 'ada' };
  expect(input({ ...login, PASSWORD: 'given' })?.sasl).toEqual({ ...expected, password: 'given' });
  expect(input({ ...login, PASSWORD_FILE: secret })?.sasl).toEqual({ ...expected, password: 'from a file' });
});

test.each<[Record<string, string>, string]>([
  [{ BROKERS: 'k1:9092' }, 'kafka.topics'],
  [{ TOPICS: 'fw' }, 'kafka.brokers'],
  [{ ...NAMED, BROKERS: 'k1' }, 'is no broker'],
  [{ ...NAMED, TOPICS: 'a b' }, 'is no name of a topic'],
  [{ ...NAMED, GROUP: 'a b' }, 'is no name of a group'],
  [{ ...NAMED, TLS_CA: 'ca.pem' }, 'set kafka.tls to on'],
  [{ ...NAMED, TLS: 'on', TLS_CERT: 'cert.pem' }, 'needs its key'],
  [{ ...NAMED, USER: 'ada' }, 'set kafka.sasl'],
  [{ ...NAMED, SASL: 'PLAIN', USER: 'ada' }, 'give kafka.user, and kafka.password'],
  [{ ...NAMED, SASL: 'PLAIN', USER: 'ada', PASSWORD: 'x', PASSWORD_FILE: secret }, 'keep one of them'],
  [{ ...NAMED, SASL: 'DIGEST' }, 'PLAIN'],
])('%j is refused in words: %s', (env, words) => {
  expect(() => input(env)).toThrow(UserError);
  expect(() => input(env)).toThrow(words);
});
