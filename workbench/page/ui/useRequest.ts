import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { useEffect, useState } from 'react';

export type Request<T> = { state: 'loading' } | { state: 'failed'; error: string } | { state: 'done'; data: T };

/** GET of one address; a new address starts anew and the late answer of an old one is dropped. */
export function useRequest<T>(url: string): Request<T> {
  const [result, setResult] = useState<{ url: string; request: Request<T> }>({ url, request: { state: 'loading' } });
  useEffect(() => {
    let current = true;
    const settle = (request: Request<T>) => current && setResult({ url, request });
    getBackendSrv()
      .get<T>(url, undefined, undefined, { showErrorAlert: false })
      .then((data) => settle({ state: 'done', data }))
      .catch((error: unknown) => settle({ state: 'failed', error: describe(error) }));
    return () => {
      current = false;
    };
  }, [url]);
  return result.url === url ? result.request : { state: 'loading' };
}

export function describe(error: unknown): string {
  if (isFetchError<{ message?: string }>(error))
    return error.data?.message ?? error.statusText ?? `status ${error.status}`;
  return error instanceof Error ? error.message : String(error);
}
