// Serves the embedded engine over HTTP on a loopback port for the Go tests: migrations applied, every read
// under readonly=1, writes with the header `x-fireplot-write`. Prints its URL as the first line; ends with stdin.
import { createServer } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';

const { Session } = createRequire(import.meta.url)('chdb');
const here = dirname(fileURLToPath(import.meta.url));
const migrations = join(here, '../../../provisioning/clickhouse/migrations');
const path = mkdtempSync(join(tmpdir(), 'fireplot-engine-'));
const keep = new Session(path);

keep.query('CREATE DATABASE IF NOT EXISTS fireplot');
keep.query(
  'CREATE TABLE fireplot.migrations (version UInt32, name String, sha256 String, at DateTime64(3, \'UTC\') DEFAULT now64(3)) ENGINE = MergeTree ORDER BY version',
);
for (const file of readdirSync(migrations).sort()) {
  const text = readFileSync(join(migrations, file), 'utf8').replace(/^--.*$/gm, '');
  for (const statement of text.split(';')) if (statement.trim()) keep.query(statement);
  keep.query(`INSERT INTO fireplot.migrations (version, name) VALUES (${Number(file.slice(0, 3))}, '${file}')`);
}

const quote = (s) => `'${s.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
const own = new Set(['query', 'database', 'default_format', 'query_id', 'wait_end_of_query', 'buffer_size', 'readonly']);

async function run(sql, params, write) {
  const session = new Session(path);
  try {
    if (params.get('database')) await session.queryAsync(`USE \`${params.get('database')}\``);
    for (const [name, value] of params) if (!own.has(name)) await session.queryAsync(`SET ${name} = ${quote(value)}`);
    if (!write) await session.queryAsync('SET readonly = 1');
    return Buffer.from((await session.queryAsync(sql, { format: params.get('default_format') ?? 'TabSeparated' })).bytes());
  } finally {
    session.close();
  }
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const params = new URL(request.url, 'http://x').searchParams;
  try {
    const body = await run(Buffer.concat(chunks).toString(), params, request.headers['x-fireplot-write']);
    response.writeHead(200, {
      'x-clickhouse-format': params.get('default_format') ?? 'TabSeparated',
      'x-clickhouse-timezone': 'UTC',
    });
    response.end(body);
  } catch (error) {
    const message = String(error.message);
    const code = /Code: (\d+)/.exec(message)?.[1] ?? '1';
    response.writeHead(500, { 'x-clickhouse-exception-code': code, 'content-type': 'text/plain' });
    response.end(message);
  }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.resume();
process.stdin.on('end', () => {
  server.close();
  keep.close();
  rmSync(path, { recursive: true, force: true });
  process.exit(0);
});
