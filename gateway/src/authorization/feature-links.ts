import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from 'graphql';

/** A feature that a supergraph links, with the names that its elements have there. */
export interface FeatureLink {
  readonly url: string;
  readonly node: ConstDirectiveNode;
  /** What the directive that is called as the feature is called here, without `@`. */
  readonly directiveName: string;
  /** Whether a type or directive belongs to the feature: by prefix, or because it is imported. */
  readonly owns: (name: string) => boolean;
}

const LINK_URL = /^https:\/\/specs\.apollo\.dev\/link\/v\d+\.\d+$/;

/** The features that a supergraph links (https://specs.apollo.dev/link/v1.0), also when `@link` itself has another name. */
export function linksOf(document: DocumentNode): readonly FeatureLink[] {
  const directives = document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  );
  const linkName = directives.find(
    (node) => LINK_URL.test(textOf(node, 'url') ?? '') && node.name.value === (textOf(node, 'as') ?? 'link'),
  )?.name.value;
  return directives.filter((node) => node.name.value === linkName).map(readLink);
}

function readLink(node: ConstDirectiveNode): FeatureLink {
  const url = textOf(node, 'url') ?? '';
  const feature = url.split('/').at(-2) ?? '';
  const prefix = textOf(node, 'as') ?? feature;
  const imports = new Map(importsOf(argument(node, 'import')));
  const imported = imports.get(`@${feature}`);
  const names = new Set(imports.values());
  return {
    url,
    node,
    // The directive that is called as its feature goes by the feature's own name here.
    directiveName: imported?.replace(/^@/, '') ?? prefix,
    owns: (name) => name.startsWith(`${prefix}__`) || names.has(name) || names.has(`@${name}`),
  };
}

// Each is a name, or `{ name, as }`.
function importsOf(value: ConstValueNode | undefined): [string, string][] {
  if (value?.kind !== Kind.LIST) return [];
  return value.values.flatMap((item): [string, string][] => {
    if (item.kind === Kind.STRING) return [[item.value, item.value]];
    if (item.kind !== Kind.OBJECT) return [];
    const field = (name: string): string | undefined => {
      const found = item.fields.find((candidate) => candidate.name.value === name)?.value;
      return found?.kind === Kind.STRING ? found.value : undefined;
    };
    const name = field('name');
    return name === undefined ? [] : [[name, field('as') ?? name]];
  });
}

function textOf(node: ConstDirectiveNode, name: string): string | undefined {
  const value = argument(node, name);
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function argument(node: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return node.arguments?.find((candidate) => candidate.name.value === name)?.value;
}
