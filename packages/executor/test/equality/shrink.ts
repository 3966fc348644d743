import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  validate,
  visit,
} from 'graphql';
import type { ClientRequest } from './contender.ts';
import type { Fault } from './faults.ts';

/** What is run: smaller means fewer selections and faults. */
export interface Trial {
  readonly request: ClientRequest;
  readonly faults: readonly Fault[];
}

const MAX_RUNS = 400;

/** Drops faults and selections, one after the other, while `stillFails`. */
export async function shrink(
  schema: GraphQLSchema,
  trial: Trial,
  stillFails: (trial: Trial) => Promise<boolean>,
): Promise<Trial> {
  let smallest = trial;
  let runs = 0;
  for (let progress = true; progress && runs < MAX_RUNS; ) {
    progress = false;
    for (const candidate of smaller(schema, smallest)) {
      if (++runs > MAX_RUNS) break;
      if (!(await stillFails(candidate))) continue;
      smallest = candidate;
      progress = true;
      break;
    }
  }
  return smallest;
}

function* smaller(schema: GraphQLSchema, trial: Trial): Generator<Trial> {
  for (const fault of trial.faults) {
    yield { ...trial, faults: trial.faults.filter((other) => other !== fault) };
  }
  const document = parse(trial.request.query);
  for (const target of selectionsOf(document)) {
    for (const edited of [drop(document, target), unwrap(document, target), plain(document, target)]) {
      if (edited === undefined || hasEmptySelection(edited)) continue;
      const query = print(tidy(edited));
      if (query === trial.request.query) continue;
      if (validate(schema, parse(query)).length > 0) continue;
      yield { ...trial, request: withVariables(trial.request, query) };
    }
  }
}

/** Selections, the outer ones first: with them most goes. */
function selectionsOf(document: DocumentNode): SelectionNode[] {
  const found: SelectionNode[] = [];
  visit(document, { Field: note, InlineFragment: note, FragmentSpread: note });
  function note(node: SelectionNode): void {
    found.push(node);
  }
  return found;
}

function drop(document: DocumentNode, target: SelectionNode): DocumentNode {
  return visit(document, {
    SelectionSet: (node: SelectionSetNode): SelectionSetNode | undefined =>
      node.selections.includes(target)
        ? { ...node, selections: node.selections.filter((selection) => selection !== target) }
        : undefined,
  });
}

/** What lost its last selection; dropping all of it is a candidate of its own. */
function hasEmptySelection(document: DocumentNode): boolean {
  let empty = false;
  visit(document, {
    SelectionSet: ({ selections }) => {
      if (selections.length === 0) empty = true;
    },
  });
  return empty;
}

/** Puts what an inline fragment holds in its place. */
function unwrap(document: DocumentNode, target: SelectionNode): DocumentNode | undefined {
  if (target.kind !== Kind.INLINE_FRAGMENT) return undefined;
  return visit(document, {
    SelectionSet: (node: SelectionSetNode): SelectionSetNode | undefined =>
      node.selections.includes(target)
        ? {
            ...node,
            selections: node.selections.flatMap((selection) =>
              selection === target ? target.selectionSet.selections : [selection],
            ),
          }
        : undefined,
  });
}

/** Without directives and alias. */
function plain(document: DocumentNode, target: SelectionNode): DocumentNode {
  const replace = (node: SelectionNode): SelectionNode | undefined => {
    if (node !== target) return undefined;
    if (node.kind !== Kind.FIELD) return { ...node, directives: [] };
    const { alias: _, ...field } = node;
    return { ...field, directives: [] };
  };
  return visit(document, { Field: replace, InlineFragment: replace, FragmentSpread: replace });
}

/** Removes fragments that nothing spreads, and variables that nothing uses. */
function tidy(document: DocumentNode): DocumentNode {
  const spread = new Set<string>();
  const used = new Set<string>();
  visit(document, {
    FragmentSpread: (node) => {
      spread.add(node.name.value);
    },
    Variable: (node, _key, parent) => {
      if (!(parent !== undefined && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION)) {
        used.add(node.name.value);
      }
    },
  });
  const definitions = document.definitions.filter(
    (node) => node.kind !== Kind.FRAGMENT_DEFINITION || spread.has(node.name.value),
  ) as (OperationDefinitionNode | FragmentDefinitionNode)[];
  return {
    ...document,
    definitions: definitions.map((node) =>
      node.kind === Kind.OPERATION_DEFINITION
        ? {
            ...node,
            variableDefinitions:
              node.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value)) ?? [],
          }
        : node,
    ),
  };
}

function withVariables(request: ClientRequest, query: string): ClientRequest {
  const variables = Object.fromEntries(
    Object.entries(request.variables).filter(([name]) => query.includes(`$${name}`)),
  );
  return { ...request, query, variables };
}
