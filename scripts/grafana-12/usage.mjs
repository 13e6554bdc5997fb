// What a plugin's sources use of Grafana's packages, found by the type checker.
import path from 'node:path';
import ts from 'typescript';
import { memberKey, packageOf } from './surface.mjs';

/**
 * @param {string} tsconfig of the plugin
 * @param {string[]} [files] other files to look at instead of those the tsconfig names
 * @returns {Array<{key: string, kind: 'names' | 'props' | 'members', at: string}>} each use, `at` is file:line
 */
export function usageOf(tsconfig, files) {
  const config = ts.getParsedCommandLineOfConfigFile(
    tsconfig,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fatal }
  );
  const sources = files ?? config.fileNames.filter((file) => !/\.test\.tsx?$|\/testing\//.test(file));
  const program = ts.createProgram(sources, { ...config.options, noEmit: true });
  const checker = program.getTypeChecker();
  const uses = [];
  for (const source of sources) {
    const file = program.getSourceFile(source);
    const visit = (node) => {
      for (const use of usesAt(checker, node)) {
        const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
        uses.push({ ...use, at: `${path.relative(process.cwd(), source)}:${line}` });
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return uses;
}

function fatal(diagnostic) {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
}

function usesAt(checker, node) {
  if (ts.isImportSpecifier(node)) return namesAt(node, node.parent.parent.parent.moduleSpecifier.text);
  if (ts.isExportSpecifier(node)) return namesAt(node, node.parent.parent.moduleSpecifier?.text ?? '');
  if (ts.isJsxAttribute(node)) return attributeAt(checker, node);
  if (ts.isPropertyAccessExpression(node)) return membersOf(checker.getSymbolAtLocation(node.name));
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    const name = node.propertyName ?? node.name;
    return membersOf(ts.isIdentifier(name) && propertyOf(checker.getTypeAtLocation(node.parent), name.text));
  }
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isMethodDeclaration(node)) {
    const type = ts.isObjectLiteralExpression(node.parent) && checker.getContextualType(node.parent);
    return membersOf(type && ts.isIdentifier(node.name) && propertyOf(type, node.name.text));
  }
  return [];
}

function namesAt(node, specifier) {
  const name = /^@grafana\/(\w+)$/.exec(specifier)?.[1];
  return name ? [{ kind: 'names', key: `${name}:${(node.propertyName ?? node.name).text}` }] : [];
}

/** An attribute is told by its component, since types like Pick hide where a property was declared. */
function attributeAt(checker, node) {
  const tag = node.parent.parent.tagName;
  let symbol = checker.getSymbolAtLocation(tag);
  if (!symbol || !ts.isIdentifier(tag) || !ts.isIdentifier(node.name)) return [];
  const specifier = symbol.declarations?.find(ts.isImportSpecifier);
  const name = specifier && /^@grafana\/(\w+)$/.exec(specifier.parent.parent.parent.moduleSpecifier.text)?.[1];
  if (!name) return [];
  return [{ kind: 'props', key: `${name}:${(specifier.propertyName ?? specifier.name).text} ${node.name.text}` }];
}

function propertyOf(type, name) {
  return (
    type.getProperty(name) ??
    (type.isUnion() ? type.types.map((part) => part.getProperty(name)).find(Boolean) : undefined)
  );
}

function membersOf(symbol) {
  if (!symbol) return [];
  const target = symbol.flags & ts.SymbolFlags.Alias ? undefined : symbol;
  return (target?.declarations ?? [])
    .filter((declaration) => packageOf(declaration.getSourceFile().fileName))
    .map((declaration) => ({ kind: 'members', key: memberKey(declaration) }))
    .filter(({ key }) => key !== '');
}
