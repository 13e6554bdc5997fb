import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Credential } from './client.js';
import { fetchFeed } from './fetch.js';
import type { FetchJob } from './fetch.js';
import type { Copy, Fetched } from './fetched.js';
import { LIMITS } from './limits.js';
import { FeedServer } from './server.case.js';

let server: FeedServer;
let other: FeedServer;
beforeEach(async () => {
  server = await new FeedServer().listen();
  other = await new FeedServer().listen();
});
afterEach(async () => {
  await server.close();
  await other.close();
});

const NOW = Date.UTC(2026, 10, 25);
const CREDENTIAL: Credential = { header: 'x-otx-api-key', value: 'geheim' };

function get(path: string, more: Partial<FetchJob> = {}): Promise<Fetched> {
  const url = new URL(path, server.url);
  return fetchFeed({
    url,
    protocol: 'document',
    credential: undefined,
    before: undefined,
    limits: LIMITS,
    now: NOW,
    ...more,
  });
}

const textsOf = (copy: Fetched): string[] => (copy?.documents ?? []).map(({ text }) => text);

describe('a document', () => {
  test('is taken as it is, packed for the way or not, a packed file too', async () => {
    server.text('/a', '192.0.2.1\n');
    server.text('/b', gzipSync('192.0.2.1\n'), { 'content-encoding': 'gzip' });
    server.text('/c.gz', gzipSync('192.0.2.1\n'));
    server.text('/d.gz', gzipSync(gzipSync('192.0.2.1\n')), { 'content-encoding': 'gzip' });
    for (const path of ['/a', '/b', '/c.gz', '/d.gz']) expect(textsOf(await get(path)), path).toEqual(['192.0.2.1\n']);
  });

  test('is not fetched again as long as its tag or its date say that it is the same', async () => {
    server.tagged('/a', '192.0.2.1\n', '"one"');
    const before = (await get('/a')) as Copy;
    expect(before.memo.validators).toEqual({ etag: '"one"' });
    expect(await get('/a', { before })).toBeUndefined();
    server.tagged('/a', '192.0.2.2\n', '"two"');
    expect(textsOf(await get('/a', { before }))).toEqual(['192.0.2.2\n']);
    const modified = 'Tue, 24 Nov 2026 00:00:00 GMT';
    server.text('/b', '192.0.2.1\n', { 'last-modified': modified });
    const dated = (await get('/b')) as Copy;
    await get('/b', { before: dated });
    expect(server.asked.at(-1)?.headers['if-modified-since']).toBe(modified);
  });

  test.each([
    [500, 'answers with 500'],
    [403, 'answers with 403, so the key is missing, wrong, or may not read this'],
    [404, 'answers with 404, so nothing is at that URL'],
    [304, 'answers with 304'],
  ])('with status %i is none', async (status, words) => {
    server.status('/a', status);
    await expect(get('/a')).rejects.toThrow(words);
  });

  test('tells how long to wait where the server does', async () => {
    server.status('/a', 429, { 'retry-after': '120' });
    await expect(get('/a')).rejects.toMatchObject({ retryAfterMs: 120_000 });
    server.status('/a', 503, { 'retry-after': 'soon' });
    await expect(get('/a')).rejects.toMatchObject({ retryAfterMs: undefined });
  });

  test('that does not come in time is none, whether nothing comes or drops do', async () => {
    server.paths.set('/silent', () => {});
    await expect(get('/silent', { limits: { ...LIMITS, idleMs: 100 } })).rejects.toThrow('is too slow');
    server.paths.set('/drops', (_, response) => {
      const timer = setInterval(() => response.write('1\n'), 20);
      response.once('close', () => clearInterval(timer));
    });
    server.paths.set('/half', (_, response) => void response.write('192.0.2.1\n'));
    await expect(get('/half', { limits: { ...LIMITS, idleMs: 100 } })).rejects.toThrow('is too slow');
    await expect(get('/drops', { limits: { ...LIMITS, requestMs: 200 } })).rejects.toThrow('is too slow');
    await expect(get('/drops', { limits: { ...LIMITS, totalMs: 200 } })).rejects.toThrow(
      'took longer than 0.2 s in all'
    );
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(get('/drops', { signal })).rejects.toThrow('was stopped');
  });

  test('that is too large is none: by what it says, by what comes, by what is packed in it', async () => {
    const limits = { ...LIMITS, bytes: 10_000 };
    server.text('/says', Buffer.alloc(10_001));
    server.paths.set('/comes', (_, response) => {
      const more = (): void =>
        void (response.destroyed || response.write(Buffer.alloc(1_000), () => setImmediate(more)));
      more();
    });
    server.text('/packed', gzipSync(Buffer.alloc(1_000_000)), { 'content-encoding': 'gzip' });
    for (const path of ['/says', '/comes', '/packed']) {
      await expect(get(path, { limits }), path).rejects.toThrow('larger than a feed may be');
    }
    server.text('/fits', Buffer.alloc(10_000, 'a'));
    expect(textsOf(await get('/fits', { limits }))[0]).toHaveLength(10_000);
  });

  test('that is cut short is none, whatever tells that it is', async () => {
    server.paths.set('/length', (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('192.0.2.1\n', () => response.destroy());
    });
    server.paths.set('/chunks', (_, response) => void response.write('192.0.2.1\n', () => response.destroy()));
    server.text('/packed', gzipSync('192.0.2.1\n').subarray(0, 20), { 'content-encoding': 'gzip' });
    server.paths.set(
      '/untold',
      ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n192.0.2.1\n192.0.')
    );
    for (const path of ['/length', '/chunks', '/packed', '/untold'])
      await expect(get(path), path).rejects.toThrow('cut short');
    server.paths.set(
      '/whole',
      ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n192.0.2.1\n')
    );
    expect(textsOf(await get('/whole'))).toEqual(['192.0.2.1\n']);
  });

  test('that nobody gives is none', async () => {
    const { url } = other;
    await other.close();
    await expect(get(`${url}/a`)).rejects.toThrow('cannot be had (ECONNREFUSED)');
    other = await new FeedServer().listen();
  });
});

describe('a redirect', () => {
  test('is followed to the same host with the key, and to another without it', async () => {
    server.status('/a', 302, { location: '/b' });
    server.status('/b', 307, { location: `${other.url}/c` });
    other.text('/c', '192.0.2.1\n');
    expect(textsOf(await get('/a', { credential: CREDENTIAL }))).toEqual(['192.0.2.1\n']);
    expect(server.asked.map(({ headers }) => headers['x-otx-api-key'])).toEqual(['geheim', 'geheim']);
    expect(other.asked.map(({ headers }) => headers['x-otx-api-key'])).toEqual([undefined]);
  });

  test('is followed five times, and no further', async () => {
    for (let i = 0; i < 6; i++) server.status(`/${i}`, 301, { location: `/${i + 1}` });
    server.text('/6', '192.0.2.1\n');
    expect(textsOf(await get('/1'))).toEqual(['192.0.2.1\n']);
    await expect(get('/0')).rejects.toThrow('redirects again and again');
  });

  test.each([
    ['file:///etc/passwd', 'from http:// to file://'],
    ['ftp://127.0.0.1/', 'from http:// to ftp://'],
    ['http://user:geheim@127.0.0.1/', 'with a password'],
    ['http://[', 'what is no URL'],
  ])('to %s is not followed', async (location, words) => {
    server.status('/a', 302, { location });
    await expect(get('/a')).rejects.toThrow(words);
    await expect(get('/a')).rejects.not.toThrow('geheim');
  });
});

describe('OTX', () => {
  const pulse = (id: string, modified: string, address: string): object => ({
    ...{ id, modified, name: id },
    indicators: [{ type: 'IPv4', indicator: address }],
  });
  const otx = (more: Partial<FetchJob> = {}): Promise<Fetched> =>
    get('/api/v1/pulses/subscribed', { protocol: 'otx', credential: CREDENTIAL, ...more });
  const idsOf = (copy: Fetched): string[] =>
    textsOf(copy).flatMap((text) => (JSON.parse(text) as { results: { id: string }[] }).results.map(({ id }) => id));

  test('gives page after page, all with the key, and then what was modified since', async () => {
    server.json('/api/v1/pulses/subscribed', ({ searchParams }) =>
      searchParams.get('page') === '2'
        ? { results: [pulse('b', '2026-11-02', '192.0.2.2')], next: null }
        : { results: [pulse('a', '2026-11-01', '192.0.2.1')], next: `${server.url}/api/v1/pulses/subscribed?page=2` }
    );
    const first = (await otx()) as Copy;
    expect(idsOf(first)).toEqual(['a', 'b']);
    expect(server.asked.map(({ path }) => path)).toEqual(
      ['?limit=50', '?page=2'].map((q) => `/api/v1/pulses/subscribed${q}`)
    );
    expect(server.asked.every(({ headers }) => headers['x-otx-api-key'] === 'geheim')).toBe(true);
    expect(first.memo).toEqual({ validators: {}, full: NOW, since: '2026-11-02' });

    server.json('/api/v1/pulses/subscribed', () => ({
      results: [pulse('a', '2026-11-03', '192.0.2.9'), pulse('c', '2026-11-03', '192.0.2.3')],
    }));
    const second = (await otx({ before: first, now: NOW + 3_600_000 })) as Copy;
    expect(server.asked.at(-1)?.path).toContain('modified_since=2026-11-02');
    expect(idsOf(second)).toEqual(['a', 'b', 'c']);
    expect(textsOf(second)[0]).toContain('192.0.2.9');
    expect(textsOf(second)[0]).not.toContain('192.0.2.1"');

    server.json('/api/v1/pulses/subscribed', () => ({ results: [] }));
    expect(await otx({ before: second, now: NOW + 7_200_000 })).toBeUndefined();
    expect(idsOf(await otx({ before: second, now: NOW + 8 * 86_400_000 }))).toEqual([]);
    expect(server.asked.at(-1)?.path).not.toContain('modified_since');
  });

  test('is not followed to another host, in a circle, or beyond the limit of pages', async () => {
    other.json('/next', () => ({ results: [] }));
    server.json('/api/v1/pulses/subscribed', () => ({ results: [], next: `${other.url}/next` }));
    await expect(otx()).rejects.toThrow('names a next page on another host');
    expect(other.asked).toEqual([]);
    server.json('/api/v1/pulses/subscribed', () => ({ results: [], next: '?limit=50' }));
    await expect(otx()).rejects.toThrow('in a circle');
    let page = 0;
    server.json('/api/v1/pulses/subscribed', () => ({ results: [], next: `?page=${++page}` }));
    await expect(otx({ limits: { ...LIMITS, pages: 3 } })).rejects.toThrow('more than 3 pages');
  });

  test('that breaks off on a later page gives nothing at all', async () => {
    server.json('/api/v1/pulses/subscribed', () => ({
      results: [pulse('a', '2026-11-01', '192.0.2.1')],
      next: '/two',
    }));
    server.text('/two', '{"results": [');
    await expect(otx()).rejects.toThrow('no whole JSON');
    server.text('/two', '<!doctype html><p>Log in');
    await expect(otx()).rejects.toThrow('web page');
    server.text('/two', '{}');
    await expect(otx()).rejects.toThrow('no page of pulses');
  });
});

describe('TAXII', () => {
  const PATH = '/api/collections/1/objects/';
  const indicator = (id: string, modified: string): object => ({ type: 'indicator', id, modified, pattern: '' });
  const type = { 'content-type': 'application/taxii+json;version=2.1' };
  const taxii = (more: Partial<FetchJob> = {}): Promise<Fetched> =>
    get('/api/collections/1', { protocol: 'taxii', ...more });
  const idsOf = (copy: Fetched): string[] =>
    textsOf(copy).flatMap((text) => (JSON.parse(text) as { objects: { id: string }[] }).objects.map(({ id }) => id));

  test('gives page after page by its media type, and then what was added since', async () => {
    server.json(
      PATH,
      ({ searchParams }) =>
        searchParams.get('next') === 'x y'
          ? { objects: [indicator('b', '2')] }
          : { more: true, next: 'x y', objects: [indicator('a', '1'), { type: 'malware', id: 'm' }] },
      { ...type, 'x-taxii-date-added-last': '2026-11-02T00:00:00Z' }
    );
    const first = (await taxii()) as Copy;
    expect(idsOf(first)).toEqual(['a', 'b']);
    expect(server.asked[0]?.headers.accept).toBe('application/taxii+json;version=2.1');
    server.json(PATH, () => ({ objects: [indicator('a', '3')] }), type);
    const second = (await taxii({ before: first, now: NOW + 1 })) as Copy;
    expect(server.asked.at(-1)?.path).toBe(`${PATH}?added_after=2026-11-02T00%3A00%3A00Z`);
    expect(idsOf(second)).toEqual(['a', 'b']);
    expect(textsOf(second)[0]).toContain('"modified":"3"');
    server.json(PATH, () => ({}), type);
    expect(await taxii({ before: second, now: NOW + 2 })).toBeUndefined();
  });

  test('goes on behind what was added last where a server names no next page', async () => {
    server.paths.set(PATH, (_, response, { searchParams }) => {
      const end = searchParams.get('added_after') === 'one';
      response.writeHead(200, { ...type, 'x-taxii-date-added-last': end ? 'two' : 'one' });
      response.end(JSON.stringify({ more: !end, objects: [indicator(end ? 'b' : 'a', '1')] }));
    });
    expect(idsOf(await taxii())).toEqual(['a', 'b']);
  });

  test('that says there is more and not where, or answers in another type, is refused', async () => {
    server.json(PATH, () => ({ more: true, objects: [] }), type);
    await expect(taxii()).rejects.toThrow('there is more, and not where');
    server.json(PATH, () => ({ more: true, next: 'same', objects: [] }), type);
    await expect(taxii()).rejects.toThrow('there is more, and not where');
    server.text(PATH, '<html>', { 'content-type': 'text/html' });
    await expect(taxii()).rejects.toThrow('answers with text/html and not in TAXII 2.1');
  });
});

describe('a MISP feed', () => {
  const ID = ['5f7a6f3e-0000-4000-8000-000000000001', '5f7a6f3e-0000-4000-8000-000000000002'] as const;
  const misp = (more: Partial<FetchJob> = {}): Promise<Fetched> => get('/feed/', { protocol: 'misp', ...more });
  const manifest = (stamps: Record<string, string>): string =>
    JSON.stringify(Object.fromEntries(Object.entries(stamps).map(([id, timestamp]) => [id, { timestamp }])));

  test('is its events, of which those alone are asked for again that the manifest calls newer', async () => {
    server.tagged('/feed/manifest.json', manifest({ [ID[0]]: '1', [ID[1]]: '1' }), '"m1"');
    for (const id of ID) server.text(`/feed/${id}.json`, `{"Event":{"uuid":"${id}"}}`);
    const first = (await misp()) as Copy;
    expect(first.documents.map(({ name }) => name).sort()).toEqual([...ID]);
    expect(await misp({ before: first })).toBeUndefined();
    server.tagged('/feed/manifest.json', manifest({ [ID[0]]: '1', [ID[1]]: '2' }), '"m2"');
    server.text(`/feed/${ID[1]}.json`, '{"Event":{"info":"new"}}');
    server.asked.length = 0;
    const second = (await misp({ before: first })) as Copy;
    expect(server.asked.map(({ path }) => path)).toEqual(['/feed/manifest.json', `/feed/${ID[1]}.json`]);
    expect(textsOf(second).sort()).toEqual([`{"Event":{"info":"new"}}`, `{"Event":{"uuid":"${ID[0]}"}}`]);
  });

  test('with an event that is missing, cut, or named like a path is refused', async () => {
    server.text('/feed/manifest.json', manifest({ [ID[0]]: '1' }));
    await expect(misp()).rejects.toThrow('404');
    server.text(`/feed/${ID[0]}.json`, '{"Event":');
    await expect(misp()).rejects.toThrow('no whole JSON');
    server.text('/feed/manifest.json', manifest({ '../../secret': '1' }));
    await expect(misp()).rejects.toThrow('no UUID');
  });
});
