import ts from "typescript";

/** Who may import whom: the packages of maso that a package's sources may name. "types" allows `import type` only. */
const allowed: Readonly<Record<string, Readonly<Record<string, "all" | "types">>>> = {
  core: {},
  layers: { core: "all" },
  backends: { core: "all", layers: "types" },
  analysis: { core: "all" },
  rnn: { core: "all", layers: "all" },
};

/** Where TensorFlow.js may be imported from, within packages. */
const tfjsFolders = ["packages/layers/src/tfjs/", "packages/backends/src/"];

export interface Violation {
  readonly line: number;
  readonly message: string;
}

/** The forbidden imports of one source file; `path` is from the root, with forward slashes. */
export function violations(path: string, text: string): Violation[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Violation[] = [];
  const report = (node: ts.Node, message: string): void => {
    found.push({ line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, message });
  };
  for (const { node, name, typesOnly } of importsOf(source)) {
    const problem = forbidden(path, name, typesOnly);
    if (problem) report(node, problem);
  }
  if (path.startsWith("packages/analysis/src/"))
    for (const node of kindReads(source)) report(node, "analysis never reads an operator's kind");
  return found;
}

function forbidden(path: string, name: string, typesOnly: boolean): string | null {
  const [area, own, folder] = path.split("/") as [string, string, string];
  if (area !== "packages") return null;
  if (!path.endsWith(".config.ts") && /(^|\/)(apps|tooling)\//.test(name))
    return `nobody imports apps or tooling, but this imports ${name}`;
  if (folder !== "src") return null;
  if (name.startsWith("@tensorflow/") && !tfjsFolders.some((prefix) => path.startsWith(prefix)))
    return `TensorFlow.js is for ${tfjsFolders.join(" and ")}, but this imports ${name}`;
  const other = /^@maso\/([^/]+)/.exec(name)?.[1];
  if (other !== undefined) {
    const permission = allowed[own]?.[other];
    if (permission === undefined) return `${own} may not import @maso/${other}`;
    return permission === "types" && !typesOnly ? `${own} may import types only from @maso/${other}` : null;
  }
  if (own === "core" && !name.startsWith(".")) return `core has no dependency, but this imports ${name}`;
  if (name.startsWith(".") && escapes(path, name)) return `${name} leads out of the package; import it by its name`;
  return null;
}

function escapes(path: string, name: string): boolean {
  let depth = path.split("/").length - 3;
  for (const part of name.split("/")) {
    if (part === "..") depth--;
    if (depth < 0) return true;
  }
  return false;
}

function* importsOf(source: ts.SourceFile): Generator<{ node: ts.Node; name: string; typesOnly: boolean }> {
  const nodes: ts.Node[] = [source];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    node.forEachChild((child) => void nodes.push(child));
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      yield { node, name: node.moduleSpecifier.text, typesOnly: ts.isImportDeclaration(node) ? importsTypesOnly(node) : node.isTypeOnly };
    else if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword &&
      node.arguments[0] &&
      ts.isStringLiteralLike(node.arguments[0])
    )
      yield { node, name: node.arguments[0].text, typesOnly: false };
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
      yield { node, name: node.argument.literal.text, typesOnly: true };
  }
}

function importsTypesOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.isTypeOnly) return true;
  const named = importClause.namedBindings;
  return !importClause.name && !!named && ts.isNamedImports(named) && named.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function* kindReads(source: ts.SourceFile): Generator<ts.Node> {
  const nodes: ts.Node[] = [source];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    node.forEachChild((child) => void nodes.push(child));
    if (ts.isPropertyAccessExpression(node) && node.name.text === "kind") yield node;
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression) && node.argumentExpression.text === "kind")
      yield node;
    if (ts.isBindingElement(node) && (node.propertyName ?? node.name).getText(source) === "kind" && ts.isObjectBindingPattern(node.parent))
      yield node;
  }
}
