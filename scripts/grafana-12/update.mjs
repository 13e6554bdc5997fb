// Makes lacks.json: the oldest Grafana's packages from the registry, compared with those installed here. Then both
// plugins are type-checked against the old ones in full, which finds what a list cannot, such as changed signatures.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { lacking, PACKAGES, surfaceOf } from './surface.mjs';

/** The newest patch of the oldest Grafana that plugin.json allows. */
const OLDER = '12.3.3';
/** What their types refer to. */
const ALSO = ['schema', 'i18n'];

/** @returns {Promise<void>} after writing `file`; throws with the plugins' type errors, if any */
export async function update(root, file, plugins) {
  const installed = path.join(root, 'node_modules/@grafana');
  // Inside node_modules, so that React's types are found from there.
  const cache = path.join(root, `node_modules/.cache/grafana-${OLDER}`);
  for (const name of [...PACKAGES, ...ALSO]) fetchPackage(cache, name);
  const { version } = JSON.parse(readFileSync(path.join(installed, 'ui/package.json'), 'utf8'));
  const older = path.join(cache, '@grafana');
  const lacks = lacking(surfaceOf(older), surfaceOf(installed));
  writeFileSync(file, `${JSON.stringify({ older: OLDER, newer: version, ...lacks }, null, 2)}\n`);
  const errors = plugins.flatMap((plugin) => typeErrors(path.join(root, plugin), older));
  if (errors.length > 0) throw new Error(`Against the types of Grafana ${OLDER}:\n${errors.join('\n')}`);
}

function fetchPackage(cache, name) {
  const folder = path.join(cache, '@grafana', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['pack', '--silent', `@grafana/${name}@${OLDER}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [tarball] = readdirSync(folder);
  execFileSync('tar', ['xzf', tarball, '--strip-components', '1'], { cwd: folder });
}

function typeErrors(plugin, older) {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const config = ts.getParsedCommandLineOfConfigFile(path.join(plugin, 'tsconfig.json'), {}, host);
  const options = { ...config.options, noEmit: true, baseUrl: older, paths: { '@grafana/*': ['./*'] } };
  const files = config.fileNames.filter((name) => !/\.test\.tsx?$|\/testing\//.test(name));
  const program = ts.createProgram(files, options);
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.startsWith(path.join(plugin, 'src')))
    .map(({ file, start, messageText }) => {
      const { line } = file.getLineAndCharacterOfPosition(start);
      return `${path.relative(process.cwd(), file.fileName)}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}
