import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { UserError } from '../../config/error.js';
import { formatEndpoint, listenError } from '../../input/endpoint.js';
import type { Endpoint } from '../../input/endpoint.js';

export interface Health {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Answers /healthz (the process lives), /readyz (lines that come in are stored) and /metrics.
 * @param waitingFor what the service is not ready for, in words; none when it is ready
 * @throws UserError when the port cannot be had
 */
export async function openHealth(endpoint: Endpoint, registry: Registry, waitingFor: () => string[]): Promise<Health> {
  const server = http.createServer((request, response) => {
    const answer = (status: number, type: string, body: string): void => {
      response
        .writeHead(status, { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' })
        .end(request.method === 'HEAD' ? '' : body);
    };
    const path = (request.url ?? '').split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'text/plain', 'GET only\n');
    if (path === '/healthz') return answer(200, 'text/plain', 'ok\n');
    if (path === '/readyz') {
      const waiting = waitingFor();
      return answer(
        waiting.length === 0 ? 200 : 503,
        'application/json',
        `${JSON.stringify({ ready: waiting.length === 0, waiting })}\n`
      );
    }
    if (path !== '/metrics') return answer(404, 'text/plain', '/healthz, /readyz and /metrics are here\n');
    registry.metrics().then(
      (text) => answer(200, registry.contentType, text),
      (error: unknown) => answer(500, 'text/plain', `metrics cannot be collected: ${String(error)}\n`)
    );
  });
  try {
    server.listen(endpoint.host === '*' ? { port: endpoint.port } : endpoint);
    await once(server, 'listening');
    server.on('error', () => {}); // running out of file descriptors must not end the service
  } catch (cause) {
    throw new UserError(listenError('health and metrics', '--health', endpoint, cause).message, { cause });
  }
  const shown = {
    host: endpoint.host === '*' ? '127.0.0.1' : endpoint.host,
    port: (server.address() as AddressInfo).port,
  };
  return {
    url: `http://${formatEndpoint(shown)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
