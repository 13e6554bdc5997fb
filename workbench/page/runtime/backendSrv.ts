import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { AppEvents } from '@grafana/data';
import { lastValueFrom, Observable, throwError } from 'rxjs';
import { appEvents } from './appEvents';

/** HTTP for plugins and scenes. A request with the id of a running one cancels that, as in Grafana. */
export class WorkbenchBackendSrv implements BackendSrv {
  private readonly running = new Map<string, AbortController>();

  fetch<T>(options: BackendSrvRequest): Observable<FetchResponse<T>> {
    return new Observable((observer) => {
      const abort = new AbortController();
      const id = options.requestId;
      if (id) {
        this.running.get(id)?.abort();
        this.running.set(id, abort);
      }
      options.abortSignal?.addEventListener('abort', () => abort.abort());
      send<T>(options, abort.signal)
        .then((response) => {
          observer.next(response);
          observer.complete();
        })
        .catch((error: unknown) => {
          const failure = abort.signal.aborted ? cancelled(options) : toFetchError(error, options);
          if (!failure.cancelled && options.showErrorAlert !== false && !isQuery(options.url)) announce(failure);
          observer.error(failure);
        })
        .finally(() => {
          if (id && this.running.get(id) === abort) this.running.delete(id);
        });
      return () => abort.abort();
    });
  }

  chunked(): Observable<FetchResponse<Uint8Array | undefined>> {
    return throwError(() => new Error('The workbench has no chunked requests.'));
  }

  async request<T>(options: BackendSrvRequest): Promise<T> {
    return (await lastValueFrom(this.fetch<T>(options))).data;
  }

  datasourceRequest<T>(options: BackendSrvRequest): Promise<FetchResponse<T>> {
    return lastValueFrom(this.fetch<T>(options));
  }

  get<T>(url: string, params?: Record<string, unknown>, requestId?: string, options?: Partial<BackendSrvRequest>) {
    return this.request<T>({ ...options, method: 'GET', url, params, requestId });
  }

  delete<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>) {
    return this.request<T>({ ...options, method: 'DELETE', url, data });
  }

  post<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>) {
    return this.request<T>({ ...options, method: 'POST', url, data });
  }

  patch<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>) {
    return this.request<T>({ ...options, method: 'PATCH', url, data });
  }

  put<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>) {
    return this.request<T>({ ...options, method: 'PUT', url, data });
  }
}

async function send<T>(options: BackendSrvRequest, signal: AbortSignal): Promise<FetchResponse<T>> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, String(value));
  const init: RequestInit = { method: options.method ?? 'GET', headers, signal };
  if (options.data !== undefined && init.method !== 'GET') {
    init.body = typeof options.data === 'string' ? options.data : JSON.stringify(options.data);
    if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
  }
  const response = await fetch(withParams(options.url, options.params), init);
  const data = (await parse(response, options.responseType)) as T;
  const { status, statusText, ok, redirected, type, url } = response;
  const result = { data, status, statusText, ok, headers: response.headers, redirected, type, url, config: options };
  if (!ok) throw result;
  return result;
}

async function parse(response: Response, type: BackendSrvRequest['responseType']): Promise<unknown> {
  if (type === 'arraybuffer') return response.arrayBuffer();
  if (type === 'blob') return response.blob();
  const text = await response.text();
  if (type === 'text') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Appends query parameters; an array repeats its name, null and undefined are left out. */
export function withParams(url: string, params: Record<string, unknown> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null && each !== undefined) search.append(name, String(each));
    }
  }
  const rooted = /^(https?:|\/)/.test(url) ? url : `/${url}`;
  const text = search.toString();
  return text ? `${rooted}${rooted.includes('?') ? '&' : '?'}${text}` : rooted;
}

const isQuery = (url: string) => url.includes('/api/ds/query');

function cancelled(config: BackendSrvRequest): FetchError {
  return { status: -1, statusText: 'Request was aborted', data: null, cancelled: true, config };
}

function toFetchError(error: unknown, config: BackendSrvRequest): FetchError {
  if (error && typeof error === 'object' && 'status' in error) return { ...error, config } as FetchError;
  const message = `The workbench does not answer: ${error instanceof Error ? error.message : String(error)}`;
  return { status: 0, statusText: message, message, data: { message }, config };
}

function announce(failure: FetchError): void {
  const text = failure.data?.message ?? failure.statusText ?? `status ${failure.status}`;
  appEvents.emit(AppEvents.alertError, [text]);
}
