// A file imported as x.js is x.ts where only that exists; types are stripped, not checked. What came out is kept by
// the hash of what went in, so that a thread or a process started by a test need not load the compiler.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CACHE = new URL('../../node_modules/.cache/fireplot-sources/', import.meta.url);

export async function resolve(specifier, context, next) {
  if (/^\.{1,2}\//.test(specifier) && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(fileURLToPath(source))) return { url: source.href, format: 'module', shortCircuit: true };
  }
  if (specifier.startsWith('file:') && specifier.endsWith('.ts')) {
    return { url: specifier, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const text = readFileSync(new URL(url), 'utf8');
  const kept = new URL(`${createHash('sha256').update(`1\0${url}\0${text}`).digest('hex')}.js`, CACHE);
  if (!existsSync(kept)) await transpile(url, text, kept);
  return { format: 'module', source: readFileSync(kept, 'utf8'), shortCircuit: true };
}

async function transpile(url, text, kept) {
  const { default: ts } = await import('typescript');
  const { outputText } = ts.transpileModule(text, {
    fileName: fileURLToPath(url),
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
      inlineSourceMap: true,
    },
  });
  mkdirSync(CACHE, { recursive: true });
  // Put in place whole: several threads may want it at once.
  const draft = `${fileURLToPath(kept)}.${process.pid}.${process.hrtime.bigint()}`;
  writeFileSync(draft, outputText);
  renameSync(draft, kept);
}
