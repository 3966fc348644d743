import {
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import { type FeatureLink, linksOf } from '../authorization/feature-links.ts';

const EXECUTABLE = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
]);

/**
 * The same supergraph without the links of foreign features that are directives for operations and nothing else. A directive
 * that subgraphs compose by `@composeDirective` is linked, and what is linked, Apollo takes out of the schema of clients: they
 * could never use it (https://github.com/apollographql/federation/issues/2334). Unlinked it is as one that all subgraphs define.
 */
export function withoutLinksOfExecutables(sdl: string): string {
  const document = parse(sdl, { noLocation: true });
  const links = linksOf(document).filter((link) => isForeign(link) && isForOperations(link, document));
  if (links.length === 0) return sdl;
  const nodes = new Set<ConstDirectiveNode>(links.map(({ node }) => node));
  return print(
    visit(document, { Directive: (node) => (nodes.has(node as ConstDirectiveNode) ? null : undefined) }),
  );
}

// `for:` says that a gateway has to know the feature: Apollo refuses those that it does not.
function isForeign({ url, node }: FeatureLink): boolean {
  const isRequired = node.arguments?.some(({ name }) => name.value === 'for') === true;
  return !isRequired && !url.startsWith('https://specs.apollo.dev/');
}

function isForOperations(link: FeatureLink, { definitions }: DocumentNode): boolean {
  const owned = definitions.filter(
    (node): node is DirectiveDefinitionNode =>
      node.kind === Kind.DIRECTIVE_DEFINITION &&
      (node.name.value === link.directiveName || link.owns(node.name.value)),
  );
  const locations = owned.flatMap((node) => node.locations.map(({ value }) => value));
  return owned.length > 0 && locations.every((location) => EXECUTABLE.has(location));
}
