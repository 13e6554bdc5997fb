/**
 * Starts what the browser tests look at: ingest with a fresh embedded store holding the sample day, and the
 * workbench. With GRAFANA_URL set the pages come from that Grafana; it must show the same data (see README).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { anyPort } from '../../scripts/lib/ports.mjs';
import { startStack } from '../../scripts/lib/stack.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the pages are, without a slash at the end. */
    baseUrl: string;
    /** UDP and TCP port on 127.0.0.1 that takes syslog; 0 when the suite was not started here. */
    syslogPort: number;
    /** Folder of the store; '' when the suite was not started here. */
    store: string;
    /** Whether a real Grafana serves the pages. */
    grafana: boolean;
  }
}

export default async function setup(project: TestProject) {
  const external = process.env.GRAFANA_URL;
  if (external) {
    project.provide('baseUrl', external.replace(/\/$/, ''));
    project.provide('syslogPort', Number(process.env.FIREPLOT_SYSLOG ?? 0));
    project.provide('store', '');
    project.provide('grafana', true);
    return;
  }
  const store = mkdtempSync(path.join(os.tmpdir(), 'fireplot-e2e-'));
  const log: string[] = [];
  const [port, syslog, http, health] = [await anyPort(), await anyPort(), await anyPort(), await anyPort()];
  const stack = await startStack({
    store,
    port,
    serveOptions: ['--syslog', `127.0.0.1:${syslog}`, '--http', String(http), '--health', String(health)],
    grafanaHome: process.env.GRAFANA_HOME,
    onLog: (line: string) => log.push(line),
    stdio: 'ignore',
  });
  if (stack.loaded.some((code: number) => code !== 0))
    throw new Error(`Loading the sample day failed.\n${log.slice(-20).join('\n')}`);
  project.provide('baseUrl', stack.host.ready.url);
  project.provide('syslogPort', syslog);
  project.provide('store', store);
  project.provide('grafana', Boolean(process.env.GRAFANA_HOME));
  return async () => {
    await stack.stop();
    rmSync(store, { recursive: true, force: true });
  };
}
