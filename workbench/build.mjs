// Builds the page into dist/: index.html, the bundle, icons and fonts. `node build.mjs --dev` leaves it readable.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import esbuild from 'esbuild';

const HERE = import.meta.dirname;
const OUT = path.join(HERE, 'dist.new');
const dev = process.argv.includes('--dev');
const require = createRequire(import.meta.url);

/** Folder of an installed package, wherever npm put it. */
function packageDir(name) {
  for (const base of require.resolve.paths(name)) {
    const dir = path.join(base, name);
    if (existsSync(path.join(dir, 'package.json'))) return dir;
  }
  throw new Error(`The package ${name} is not installed: run npm ci.`);
}

// @grafana/runtime's second data source registry, and how to set the view of a panel without data, are not in its
// exports; a file path is not bound by those.
const runtime = path.join(packageDir('@grafana/runtime'), 'dist/esm');
const privateDir = path.join(runtime, 'services/dataSource');
const alias = {
  'runtime-private/settings': path.join(privateDir, 'settings.mjs'),
  'runtime-private/dataSource': path.join(privateDir, 'dataSource.mjs'),
  'runtime-private/pluginCache': path.join(privateDir, 'pluginCache.mjs'),
  'runtime-private/PanelDataErrorView': path.join(runtime, 'components/PanelDataErrorView.mjs'),
  // One router: else @grafana/ui's links are outside the one that scenes uses.
  'react-router-dom-v5-compat': 'react-router-dom',
};
const common = {
  absWorkingDir: HERE,
  bundle: true,
  minify: !dev,
  sourcemap: dev,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  mainFields: ['module', 'browser', 'main'],
  logOverride: { 'package.json': 'silent' },
  define: {
    'process.env.NODE_ENV': dev ? '"development"' : '"production"',
    'process.env': '{}',
    global: 'globalThis',
  },
};

rmSync(OUT, { recursive: true, force: true });
const { metafile } = await esbuild.build({
  ...common,
  entryPoints: { boot: 'page/boot.ts', page: 'page/style.css' },
  outdir: path.join(OUT, 'build'),
  format: 'esm',
  splitting: true,
  metafile: true,
  alias,
  jsx: 'automatic',
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.woff2': 'file', '.ttf': 'file' },
});
await esbuild.build({
  ...common,
  entryPoints: { 'editor.worker': path.join(packageDir('monaco-editor'), 'esm/vs/editor/editor.worker.js') },
  outdir: path.join(OUT, 'build'),
  format: 'iife',
  loader: { '.ttf': 'file' },
});

// The same package in two shapes would be two singletons: services set on one would be missing in the other.
const doubled = Object.keys(metafile.inputs).filter((file) =>
  /@grafana\/(data|ui|runtime|scenes|schema|i18n)\/dist\/cjs\//.test(file)
);
if (doubled.length > 0)
  throw new Error(`CommonJS copies of Grafana's packages got into the bundle:\n${doubled.join('\n')}`);

const outputs = Object.entries(metafile.outputs).map(([file, meta]) => [path.basename(file), meta]);
const named = (pattern) => outputs.map(([file]) => file).filter((file) => pattern.test(file));
/** Chunks that the first screen surely needs: what boot's dynamic import of main pulls in statically. */
function firstChunks() {
  const byName = new Map(outputs);
  const main = outputs.find(([, meta]) => meta.entryPoint?.endsWith('page/main.tsx'));
  const wanted = new Set();
  const visit = (file) => {
    if (wanted.has(file)) return;
    wanted.add(file);
    for (const each of byName.get(file).imports) if (each.kind === 'import-statement') visit(path.basename(each.path));
  };
  visit(main[0]);
  return [...wanted];
}

const html = readFileSync(path.join(HERE, 'page/index.html'), 'utf8')
  .replace(
    '<!--styles-->',
    named(/^(boot|page)-.*\.css$/) // boot's holds that of all lazy chunks too
      .map((file) => `<link rel="stylesheet" href="/public/build/${file}" />`)
      .join('\n    ')
  )
  .replace(
    '<!--preload-->',
    firstChunks()
      .map((file) => `<link rel="modulepreload" href="/public/build/${file}" />`)
      .join('\n    ')
  )
  .replace('<!--boot-->', `<script type="module" src="/public/build/${named(/^boot-.*\.js$/)[0]}"></script>`);
mkdirSync(OUT, { recursive: true });
writeFileSync(path.join(OUT, 'index.html'), html);
cpSync(path.join(packageDir('@grafana/ui'), 'dist/public/img'), path.join(OUT, 'build/img'), { recursive: true });
cpSync(path.join(HERE, 'page/img'), path.join(OUT, 'build/img'), { recursive: true });
copyFonts();

/** The fonts that Grafana's packages name but do not hold, under the names by which they ask for them. */
function copyFonts() {
  const inter = path.join(packageDir('inter-ui'), 'web');
  for (const style of ['Regular', 'Medium', 'Italic', 'MediumItalic']) {
    cpSync(path.join(inter, `Inter-${style}.woff2`), path.join(OUT, `fonts/inter/Inter-${style}.woff2`));
  }
  const mono = path.join(packageDir('@fontsource-variable/roboto-mono'), 'files/roboto-mono-latin-wght-normal.woff2');
  const asked = 'L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2';
  cpSync(mono, path.join(OUT, 'fonts/roboto', asked));
}

const target = path.join(HERE, 'dist');
rmSync(target, { recursive: true, force: true });
renameSync(OUT, target);
const bytes = outputs.reduce((sum, [, meta]) => sum + meta.bytes, 0);
console.log(`workbench/dist: ${outputs.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
