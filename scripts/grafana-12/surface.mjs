// What Grafana's packages offer to plugins, read from their type declarations: exported names, the attributes that
// exported components take, and the members of every declared type.
import path from 'node:path';
import ts from 'typescript';

/** The packages that Grafana hands to a plugin at run time, in the version it is itself. */
export const PACKAGES = ['data', 'runtime', 'ui'];

/** Names too common to tell one type from another; their members are told by the file as well. */
const COMMON = new Set(['Props', 'State', 'Options', 'BaseProps', 'OwnProps']);

/**
 * @param {string} folder node_modules/@grafana, or another folder with the packages in it
 * @returns {{names: Set<string>, props: Set<string>, members: Set<string>}} as `ui:Name`, `ui:Component attribute`
 *   and `Type.member`
 */
export function surfaceOf(folder) {
  const entry = (name) => path.join(folder, name, 'dist/types/index.d.ts');
  const program = ts.createProgram(PACKAGES.map(entry), {
    ...COMPILER,
    baseUrl: folder,
    paths: { '@grafana/*': [`${folder}/*`] },
  });
  const checker = program.getTypeChecker();
  const surface = { names: new Set(), props: new Set(), members: new Set() };
  for (const name of PACKAGES) {
    const file = program.getSourceFile(entry(name));
    if (!file) throw new Error(`@grafana/${name} has no types in ${entry(name)}: run npm ci.`);
    for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(file))) {
      surface.names.add(`${name}:${symbol.name}`);
      for (const prop of propsOf(checker, symbol)) surface.props.add(`${name}:${symbol.name} ${prop}`);
    }
  }
  for (const file of program.getSourceFiles()) {
    if (packageOf(file.fileName)) collectMembers(file, surface.members);
  }
  return surface;
}

export const COMPILER = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  jsx: ts.JsxEmit.React,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

/** Which of the packages a declaration file belongs to, undefined for none. */
export function packageOf(fileName) {
  return PACKAGES.find((name) => fileName.includes(`/@grafana/${name}/dist/types/`));
}

/** The attributes of a component; none for what is no component. */
function propsOf(checker, symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (!(target.flags & ts.SymbolFlags.Value) || !/^[A-Z]/.test(symbol.name)) return [];
  const type = checker.getTypeOfSymbol(target);
  const taken = type.getCallSignatures().map((signature) => signature.getParameters()[0]);
  const made = type.getConstructSignatures().map((signature) => signature.getReturnType().getProperty('props'));
  return [...taken, ...made].flatMap((props) => {
    const propsType = props && checker.getTypeOfSymbol(props);
    const parts = propsType ? (propsType.isUnion() ? propsType.types : [propsType]) : [];
    return parts.flatMap((part) => checker.getPropertiesOfType(part).map((prop) => prop.name));
  });
}

/** `Type.member` of a declared member, '' for what has no name of its own. */
export function memberKey(node) {
  if (!MEMBER_KINDS.has(node.kind) || !node.name || !(ts.isIdentifier(node.name) || ts.isStringLiteral(node.name))) {
    return '';
  }
  let owner = node.parent;
  while (owner && !OWNER_KINDS.has(owner.kind)) owner = owner.parent;
  const name = owner?.name && ts.isIdentifier(owner.name) ? owner.name.text : '';
  if (name === '') return '';
  const type = COMMON.has(name) ? `${path.basename(node.getSourceFile().fileName, '.d.ts')}/${name}` : name;
  return `${type}.${node.name.text}`;
}

const { SyntaxKind } = ts;
const MEMBER_KINDS = new Set([
  SyntaxKind.PropertySignature,
  SyntaxKind.MethodSignature,
  SyntaxKind.PropertyDeclaration,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.GetAccessor,
  SyntaxKind.EnumMember,
]);
const OWNER_KINDS = new Set([
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.EnumDeclaration,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.FunctionDeclaration,
]);

/** What `newer` has and `older` lacks; of components and types that `older` lacks altogether, the name alone. */
export function lacking(older, newer) {
  const owners = (keys, end) => new Set([...keys].map((key) => key.slice(0, key.lastIndexOf(end))));
  const missing = (kind, end) => {
    const known = end && owners(older[kind], end);
    return [...newer[kind]]
      .filter((key) => !older[kind].has(key) && (!known || known.has(key.slice(0, key.lastIndexOf(end)))))
      .sort();
  };
  return { names: missing('names'), props: missing('props', ' '), members: missing('members', '.') };
}

function collectMembers(node, members) {
  ts.forEachChild(node, (child) => {
    const key = memberKey(child);
    if (key) members.add(key);
    collectMembers(child, members);
  });
}
