import {
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  Kind,
  parse,
  print,
  valueFromAST,
  visit,
} from 'graphql';
import { type FeatureLink, linksOf } from './feature-links.ts';
import {
  type Alternatives,
  AUTHENTICATED,
  type Requirement,
  requirePolicies,
  requireScopes,
} from './requirement.ts';

/** The rules of a supergraph. What is not listed demands nothing. */
export interface Rules {
  /** By type name: objects, interfaces, enums and scalars. */
  readonly types: ReadonlyMap<string, readonly Requirement[]>;
  /** By `Type.field`. */
  readonly fields: ReadonlyMap<string, readonly Requirement[]>;
}

/** A supergraph with its rules taken out of the text. */
export interface SeparatedRules {
  readonly rules: Rules;
  /** The SDL without links, definitions and uses of the rules' directives. */
  readonly sdl: string;
}

const LISTS = new GraphQLNonNull(
  new GraphQLList(new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLString)))),
);

/** Feature URL, and what a directive of it says. */
const FEATURES = new Map<string, (directive: ConstDirectiveNode) => Requirement>([
  ['https://specs.apollo.dev/authenticated/v0.1', () => AUTHENTICATED],
  ['https://specs.apollo.dev/requiresScopes/v0.1', (node) => requireScopes(listsOf(node, 'scopes'))],
  ['https://specs.apollo.dev/policy/v0.1', (node) => requirePolicies(listsOf(node, 'policies'))],
]);

/**
 * Takes `@authenticated`, `@requiresScopes` and `@policy` out of a supergraph, under whatever names it imports them.
 * Other versions of these features, and other features `for: SECURITY`, stay in the text: Apollo's libraries refuse them.
 * @throws Error when an argument of such a directive makes no sense.
 */
export function separateRules(sdl: string): SeparatedRules {
  const document = parse(sdl, { noLocation: true });
  const links = linksOf(document).filter(({ url }) => FEATURES.has(url));
  if (links.length === 0) return { rules: { types: new Map(), fields: new Map() }, sdl };
  const rules = readRules(document, links);
  return { rules, sdl: print(strip(document, links)) };
}

function readRules(document: DocumentNode, links: readonly FeatureLink[]): Rules {
  const types = new Map<string, Requirement[]>();
  const fields = new Map<string, Requirement[]>();
  const known = new Map<string, Requirement>();

  function note(rules: Map<string, Requirement[]>, where: string, node: ASTNode): void {
    const directives = ('directives' in node ? node.directives : undefined) ?? [];
    for (const directive of directives as readonly ConstDirectiveNode[]) {
      const link = links.find((candidate) => candidate.directiveName === directive.name.value);
      const read = FEATURES.get(link?.url ?? '');
      if (read === undefined) continue;
      const found = read(directive);
      const same = known.get(found.text) ?? found;
      known.set(same.text, same);
      rules.set(where, [...new Set([...(rules.get(where) ?? []), same])]);
    }
  }

  for (const definition of document.definitions) {
    if (!('name' in definition) || definition.name === undefined) continue;
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
    const type = definition.name.value;
    note(types, type, definition);
    if (!('fields' in definition)) continue;
    for (const field of definition.fields ?? []) note(fields, `${type}.${field.name.value}`, field);
  }
  return { types, fields };
}

function listsOf(directive: ConstDirectiveNode, name: string): Alternatives {
  const argument = directive.arguments?.find((node) => node.name.value === name);
  const lists = argument && (valueFromAST(argument.value, LISTS) as Alternatives | undefined);
  if (lists === undefined) throw new Error(`@${directive.name.value} has no lists of names in "${name}"`);
  return lists;
}

function strip(document: DocumentNode, links: readonly FeatureLink[]): DocumentNode {
  const nodes = new Set<unknown>(links.map(({ node }) => node));
  const directives = new Set(links.map(({ directiveName }) => directiveName));
  const scalars = scalarsOf(document, directives);
  const isOurs = (name: string): boolean => scalars.has(name) || links.some((link) => link.owns(name));
  return visit(document, {
    Directive: (node) => (nodes.has(node) || directives.has(node.name.value) ? null : undefined),
    DirectiveDefinition: ({ name: { value } }) => (directives.has(value) || isOurs(value) ? null : undefined),
    ScalarTypeDefinition: ({ name: { value } }) => (isOurs(value) ? null : undefined),
  });
}

// Router's own examples call the scalars of these directives after another feature, `federation__Scope`.
function scalarsOf(document: DocumentNode, directives: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.DIRECTIVE_DEFINITION || !directives.has(definition.name.value)) continue;
    visit(definition, {
      NamedType: ({ name: { value } }) => void (value.includes('__') && names.add(value)),
    });
  }
  return names;
}
