import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

interface Service {
  image?: string;
  build?: { context: string; target: string };
  environment?: Record<string, string>;
  ports?: string[];
  healthcheck?: unknown;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
}
const compose = parse(read('docker-compose.yml')) as { services: Record<string, Service> };
const services = Object.entries(compose.services);
const dockerfile = read('Dockerfile');

describe('docker-compose.yml', () => {
  it('publishes to loopback only, unless a variable says otherwise', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^(127\.0\.0\.1|\$\{SYSLOG_BIND:-127\.0\.0\.1\}):/);
  });

  it('has no default password: each is required and said where to set', () => {
    const passwords = services.flatMap(([, service]) =>
      Object.entries(service.environment ?? {}).filter(([name]) => name.includes('PASSWORD'))
    );
    expect(passwords.length).toBeGreaterThanOrEqual(5);
    for (const [, value] of passwords)
      expect(value).toMatch(/^\$\{[A-Z_]+:\?set [A-Z_]+ in \.env, see \.env\.example\}$/);
    for (const line of read('.env.example').split('\n')) expect(line).not.toMatch(/PASSWORD=./);
  });

  it('builds only targets that the Dockerfile has', () => {
    const targets = services.flatMap(([, service]) => (service.build ? [service.build.target] : []));
    expect(new Set(targets)).toEqual(new Set(['ingest', 'plugins']));
    for (const target of targets) expect(dockerfile).toMatch(new RegExp(`^FROM \\S+ AS ${target}$`, 'm'));
  });

  it('keeps the spool in a volume that the image lets its user write', () => {
    expect(compose.services.ingest?.volumes).toEqual(['ingest:/var/lib/fireplot']);
    expect(dockerfile).toMatch(
      /install -d -o node -g node \/var\/lib\/fireplot\n.*FIREPLOT_SPOOL=\/var\/lib\/fireplot\//
    );
  });

  it('allows exactly our two unsigned plugins, by id', () => {
    const ids = ['datasource-plugin', 'panel-plugin'].map((folder) => JSON.parse(read(`${folder}/src/plugin.json`)).id);
    expect(compose.services.grafana?.environment?.GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS).toBe(ids.join(','));
    for (const id of ids) expect(dockerfile).toContain(`/plugins/${id}`);
  });

  it('starts Grafana only when schema and plugins are there', () => {
    expect(compose.services.grafana?.depends_on).toEqual({
      plugins: { condition: 'service_completed_successfully' },
      ingest: { condition: 'service_healthy' },
    });
    expect(dockerfile).toContain('HEALTHCHECK');
    for (const name of ['clickhouse', 'grafana']) expect(compose.services[name]?.healthcheck).toBeDefined();
  });

  it('mounts provisioning that exists', () => {
    const mounts = services.flatMap(([, service]) => service.volumes ?? []).filter((mount) => mount.startsWith('./'));
    expect(mounts.length).toBe(4);
    for (const mount of mounts) expect(() => readFileSync(path.join(root, mount.split(':')[0]!))).not.toThrow(/ENOENT/);
  });

  it('leaves the embedded engine out of the ingest image', () => {
    const ingest = JSON.parse(read('ingest/package.json'));
    expect(ingest.optionalDependencies.chdb).toBeDefined();
    expect(ingest.dependencies.chdb).toBeUndefined();
    expect(dockerfile).toContain('npm ci --omit=dev --omit=optional --workspace ingest');
  });
});
