import { fragmentsOf } from '@hoerok/shared/limits';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Rules } from './read-rules.ts';
import type { Requirement } from './requirement.ts';

/** Where something was refused: response keys, `@` for the elements of a list, `... on T` for a whole fragment. */
export type RefusedPath = readonly string[];

/** What of an operation may be asked. */
export interface Decision {
  /** The operation without what may not be asked; `null` when nothing is left. */
  readonly document: DocumentNode | null;
  /** Field nodes of the operation as it was sent that are null in the answer, whatever is fetched. */
  readonly refused: ReadonlySet<FieldNode>;
  readonly paths: readonly RefusedPath[];
}

/** A valid operation, to be decided on. */
export interface OperationToDecide {
  /** What clients see. */
  readonly api: GraphQLSchema;
  readonly rules: Rules;
  readonly document: DocumentNode;
  /** The operation of the document that is run. */
  readonly operation: OperationDefinitionNode;
}

interface Kept<Node> {
  /** `null`: nothing of it may be asked. */
  readonly node: Node | null;
  /** From the node on. */
  readonly paths: readonly RefusedPath[];
}

/**
 * Decides which parts of an operation may be asked, as Apollo's router does: by the rules of each field, of its type,
 * of the root type and of the type that a fragment is on. A field or fragment of which nothing is left goes as a whole.
 *
 * What is selected of an interface is selected of every object that may come, so it has to be allowed for all of them.
 * The decision depends on the text alone: `@skip` and `@include` change nothing.
 */
export function decide(
  { api, rules, document, operation }: OperationToDecide,
  isMet: (requirement: Requirement) => boolean,
): Decision {
  const root = api.getRootType(operation.operation);
  if (root == null) throw new Error(`the schema has no ${operation.operation}`);
  const filter = new SelectionFilter(new Permissions(api, rules, isMet), document);
  const { node: selectionSet, paths } = filter.keepConditional(operation.selectionSet, root, undefined);
  const definitions = [...filter.keptFragments()];
  return {
    document:
      selectionSet === null
        ? null
        : { ...document, definitions: [{ ...operation, selectionSet }, ...definitions] },
    refused: filter.refused,
    paths: withoutRepetitions(paths),
  };
}

/** What the rules of a schema allow. */
class Permissions {
  readonly api: GraphQLSchema;
  readonly #rules: Rules;
  readonly #isMet: (requirement: Requirement) => boolean;

  constructor(api: GraphQLSchema, rules: Rules, isMet: (requirement: Requirement) => boolean) {
    this.api = api;
    this.#rules = rules;
    this.#isMet = isMet;
  }

  mayType(name: string): boolean {
    return this.#mayAll(this.#rules.types.get(name));
  }

  mayField(parent: GraphQLCompositeType, node: FieldNode): boolean {
    const type = typeOf(parent, node);
    const own = [parent.name, ...this.#objectsOf(parent)].every((name) =>
      this.#mayAll(this.#rules.fields.get(`${name}.${node.name.value}`)),
    );
    return own && (type === undefined || this.mayType(type.name));
  }

  /** Whether fields may be selected of an interface, and not of one of its objects, as these are. */
  mayObjects(type: unknown, { selections }: SelectionSetNode): boolean {
    if (!isInterfaceType(type)) return true;
    const isDirect = selections.some((node) => node.kind === Kind.FIELD && node.name.value !== '__typename');
    return !isDirect || this.#objectsOf(type).every((name) => this.mayType(name));
  }

  #mayAll(requirements: readonly Requirement[] = []): boolean {
    return requirements.every(this.#isMet);
  }

  #objectsOf(type: GraphQLCompositeType): readonly string[] {
    return isAbstractType(type) ? this.api.getPossibleTypes(type).map(({ name }) => name) : [type.name];
  }
}

/** Goes through an operation once. */
class SelectionFilter {
  readonly refused = new Set<FieldNode>();
  readonly #may: Permissions;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #kept = new Map<string, Kept<FragmentDefinitionNode>>();

  constructor(permissions: Permissions, document: DocumentNode) {
    this.#may = permissions;
    this.#fragments = fragmentsOf(document);
  }

  keptFragments(): readonly FragmentDefinitionNode[] {
    return [...this.#kept.values()].flatMap(({ node }) => (node === null ? [] : [node]));
  }

  /** What is kept of selections on a type; `condition` names it where the operation does. */
  keepConditional(
    set: SelectionSetNode,
    type: GraphQLCompositeType,
    condition: string | undefined,
  ): Kept<SelectionSetNode> {
    if (this.#may.mayType(type.name) && this.#may.mayObjects(type, set)) return this.#keepSet(set, type);
    this.#refuseAll(set);
    return { node: null, paths: [condition === undefined ? [] : [`... on ${condition}`]] };
  }

  #keepSet(set: SelectionSetNode, parent: GraphQLCompositeType): Kept<SelectionSetNode> {
    const parts = set.selections.map((node) => this.#keepSelection(node, parent));
    const paths = parts.flatMap((part) => part.paths);
    const selections = parts.flatMap(({ node }) => (node === null ? [] : [node]));
    return { node: selections.length === 0 ? null : { ...set, selections }, paths };
  }

  #keepSelection(node: SelectionNode, parent: GraphQLCompositeType): Kept<SelectionNode> {
    if (node.kind === Kind.FIELD) return this.#keepField(node, parent);
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const { node: definition, paths } = this.#keepFragment(node.name.value);
      return { node: definition === null ? null : node, paths };
    }
    const condition = node.typeCondition?.name.value;
    const type = condition === undefined ? parent : compositeType(this.#may.api, condition);
    const { node: selectionSet, paths } = this.keepConditional(node.selectionSet, type, condition);
    return { node: selectionSet === null ? null : { ...node, selectionSet }, paths };
  }

  // What a fragment keeps is the same wherever it is spread.
  #keepFragment(name: string): Kept<FragmentDefinitionNode> {
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) throw new Error(`there is no fragment "${name}"`);
    const condition = fragment.typeCondition.name.value;
    const type = compositeType(this.#may.api, condition);
    const { node: selectionSet, paths } = this.keepConditional(fragment.selectionSet, type, condition);
    const kept = { node: selectionSet === null ? null : { ...fragment, selectionSet }, paths };
    this.#kept.set(name, kept);
    return kept;
  }

  #keepField(node: FieldNode, parent: GraphQLCompositeType): Kept<FieldNode> {
    const type = typeOf(parent, node);
    // Meta fields tell of the schema, which has rules of its own.
    if (type === undefined) return { node, paths: [] };
    const { selectionSet: set } = node;
    const path = pathOf(parent, node);
    if (!this.#may.mayField(parent, node) || (set !== undefined && !this.#may.mayObjects(type, set))) {
      this.#refuseAll(node);
      return { node: null, paths: [path] };
    }
    if (set === undefined || !isCompositeType(type)) return { node, paths: [] };
    const { node: selectionSet, paths: inner } = this.#keepSet(set, type);
    if (selectionSet === null) this.refused.add(node);
    return {
      node: selectionSet === null ? null : { ...node, selectionSet },
      paths: inner.map((rest) => [...path, ...rest]),
    };
  }

  // What is refused as a whole may have been fetched for another reason, as the key of an entity is.
  #refuseAll(from: FieldNode | SelectionSetNode): void {
    visit(from, {
      Field: (node) => void this.refused.add(node),
      FragmentSpread: ({ name }) => void this.#keepFragment(name.value),
    });
  }
}

function typeOf(parent: GraphQLCompositeType, node: FieldNode): ReturnType<typeof getNamedType> | undefined {
  const definition = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
  return definition && getNamedType(definition.type);
}

function pathOf(parent: GraphQLCompositeType, node: FieldNode): string[] {
  const type = 'getFields' in parent ? parent.getFields()[node.name.value]?.type : undefined;
  const key = node.alias?.value ?? node.name.value;
  return isListType(isNonNullType(type) ? type.ofType : type) ? [key, '@'] : [key];
}

function compositeType(api: GraphQLSchema, name: string): GraphQLCompositeType {
  const type = api.getType(name);
  if (!isCompositeType(type)) throw new Error(`a fragment is on ${name}, which has no fields`);
  return type;
}

function withoutRepetitions(paths: readonly RefusedPath[]): readonly RefusedPath[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}
