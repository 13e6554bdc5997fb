import { describe, expect, test } from 'vitest';
import { parseException } from './engine/exception.js';
import { findHolder } from './engine/lock.js';
import { Limit } from './limit.js';
import { serverError } from './server-error.js';
import { splitStatements } from './statements.js';

describe('splitStatements', () => {
  test('cuts at semicolons that are none of a string, name or comment', () => {
    const sql = `-- one; two
CREATE TABLE a (\`x;y\` String DEFAULT ';\\';', z String DEFAULT 'it''s;'); # not; this
/* nor; 'this */ SELECT ";" -- end;
;;
SELECT 1`;
    expect(splitStatements(sql)).toEqual([
      "CREATE TABLE a (`x;y` String DEFAULT ';\\';', z String DEFAULT 'it''s;')",
      'SELECT ";"',
      'SELECT 1',
    ]);
  });

  test('finds nothing in comments and space', () => {
    expect(splitStatements('-- a;\n/* b; */ ;\n')).toEqual([]);
  });
});

describe('findHolder', () => {
  const LOCKS = `1: FLOCK  ADVISORY  WRITE 812 fe:00:1234 0 EOF
2: POSIX  ADVISORY  WRITE 900 fe:00:77 0 EOF
3: FLOCK  ADVISORY  WRITE -1 fe:00:99 0 EOF
4: -> FLOCK  ADVISORY  WRITE 5 fe:00:55 0 EOF`;

  test('finds the process that holds the file', () => expect(findHolder(LOCKS, 1_234)).toBe(812));
  test('says 0 for a holder that cannot be seen', () => expect(findHolder(LOCKS, 99)).toBe(0));
  test('sees no other kind of lock, nor one that waits', () => {
    expect(findHolder(LOCKS, 77)).toBeUndefined();
    expect(findHolder(LOCKS, 55)).toBeUndefined();
    expect(findHolder('', 1)).toBeUndefined();
  });
});

describe('parseException', () => {
  test.each([
    [
      'Query failed: Code: 60. DB::Exception: Table a.b does not exist. (UNKNOWN_TABLE)',
      60,
      'UNKNOWN_TABLE',
      'Table a.b does not exist.',
    ],
    [
      'Code: 164. DB::Exception: Code: 164. DB::Exception: Cannot modify. (READONLY) (version 26.7.2.1). (READONLY)',
      164,
      'READONLY',
      'Cannot modify.',
    ],
    [
      'Code: 62. DB::Exception: Syntax error (Multi-statements are not allowed): failed. (SYNTAX_ERROR)',
      62,
      'SYNTAX_ERROR',
      'Syntax error (Multi-statements are not allowed): failed.',
    ],
    ['something else', 0, '', 'something else'],
  ])('%s', (message, code, name, text) => {
    expect(parseException(message)).toEqual({ code, name, text });
  });
});

describe('Limit', () => {
  test('keeps the number and the order, also past failures', async () => {
    const limit = new Limit(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const task = (n: number) => () =>
      new Promise<void>((resolve, reject) => {
        begun.push(n);
        ends.push(n === 1 ? () => reject(new Error('no')) : resolve);
      });
    const all = [0, 1, 2, 3].map((n) => limit.run(task(n)).catch(() => undefined));
    await Promise.resolve();
    expect([begun, limit.waiting]).toEqual([[0, 1], 2]);
    ends[1]?.();
    await all[1];
    await Promise.resolve();
    expect([begun, limit.waiting]).toEqual([[0, 1, 2], 1]);
    ends[0]?.();
    ends[2]?.();
    await all[2];
    await Promise.resolve();
    ends[3]?.();
    await Promise.all(all);
    expect([begun, limit.waiting]).toEqual([[0, 1, 2, 3], 0]);
  });
});

describe('serverError', () => {
  const failed = (code: string): Error => Object.assign(new Error('failed'), { code });
  test.each([
    ['a refused connection', failed('ECONNREFUSED'), 'away', 'does not answer (ECONNREFUSED)'],
    [
      'one refused at each address',
      Object.assign(new AggregateError([failed('ECONNREFUSED')]), {}),
      'away',
      'does not answer',
    ],
    ['a name not known yet', failed('ENOTFOUND'), 'away', 'does not answer (ENOTFOUND)'],
    ['silence', new Error('Timeout error.'), 'away', 'does not answer in time'],
    [
      'a certificate of nobody',
      failed('DEPTH_ZERO_SELF_SIGNED_CERT'),
      'tls',
      'add its authority with NODE_EXTRA_CA_CERTS',
    ],
    [
      'a certificate of another host',
      failed('ERR_TLS_CERT_ALTNAME_INVALID'),
      'tls',
      'is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)',
    ],
    ['plain text where TLS was asked', failed('EPROTO'), 'tls', 'does not speak TLS'],
    ['another protocol', failed('HPE_INVALID_CONSTANT'), 'url', 'does not speak HTTP'],
    [
      'a wrong password',
      Object.assign(new Error('x: Authentication failed'), { code: '516', type: 'AUTHENTICATION_FAILED' }),
      'auth',
      'refuses the user or password',
    ],
    [
      'an exception',
      Object.assign(new Error('no space left'), { code: '243', type: 'NOT_ENOUGH_SPACE' }),
      'query',
      'no space left (NOT_ENOUGH_SPACE)',
    ],
    ['the page of a proxy', new Error('<html>Bad Gateway</html>'), 'query', 'answered "<html>Bad Gateway</html>"'],
  ])('%s', (_, cause, kind, sentence) => {
    const error = serverError('cannot insert', 'https://host:8443', cause);
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(/^cannot insert: /);
    expect(error.message).toContain(sentence);
  });
});
