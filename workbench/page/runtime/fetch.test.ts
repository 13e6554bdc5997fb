import { AppEvents } from '@grafana/data';
import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appEvents } from './appEvents';
import { WorkbenchBackendSrv } from './backendSrv';

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => Promise.reject(new Error('must fail')),
    (error: unknown) => error
  );

describe('WorkbenchBackendSrv', () => {
  const srv = new WorkbenchBackendSrv();
  const announced: unknown[] = [];

  const announce = (payload: unknown) => announced.push(payload);

  beforeEach(() => {
    announced.length = 0;
    appEvents.on(AppEvents.alertError, announce);
  });
  afterEach(() => {
    appEvents.off(AppEvents.alertError, announce);
    vi.unstubAllGlobals();
  });

  it('sends JSON and gives the parsed answer', async () => {
    const fetch = vi.fn((_url: string, _init: RequestInit) => Promise.resolve(json(200, { ok: 1 })));
    vi.stubGlobal('fetch', fetch);
    expect(await srv.post('/api/x', { a: 1 })).toEqual({ ok: 1 });
    const [url, init] = fetch.mock.calls[0]!;
    expect([url, init.method, init.body]).toEqual(['/api/x', 'POST', '{"a":1}']);
    expect(new Headers(init.headers).get('Content-Type')).toBe('application/json');
  });

  it('fails with status and body, and announces it unless it is a query or told not to', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(json(400, { message: 'wrong' })));
    expect(await failure(srv.get('/api/x'))).toMatchObject({ status: 400, data: { message: 'wrong' } });
    expect(announced).toEqual([['wrong']]);
    await failure(srv.get('/api/x', undefined, undefined, { showErrorAlert: false }));
    await failure(srv.post('/api/ds/query?x=1', {}));
    expect(announced).toHaveLength(1);
  });

  it('cancels the running request of the same id', async () => {
    const signals: AbortSignal[] = [];
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      signals.push(init.signal!);
      if (signals.length === 2) return Promise.resolve(json(200, 2));
      return new Promise((_resolve, reject) =>
        init.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      );
    });
    const first = failure(firstValueFrom(srv.fetch({ url: '/api/ds/query', requestId: 'Q' })));
    const second = firstValueFrom(srv.fetch({ url: '/api/ds/query', requestId: 'Q' }));
    expect(await first).toMatchObject({ cancelled: true, status: -1 });
    expect((await second).data).toBe(2);
    expect(signals).toHaveLength(2);
  });

  it('says so when nobody answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failure(srv.get('/api/x'))).toMatchObject({ status: 0 });
    expect(String(announced[0])).toContain('does not answer');
  });
});
