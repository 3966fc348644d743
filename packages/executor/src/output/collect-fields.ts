import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** What decides which selections apply. */
export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** True when a condition with this variable holds. */
  readonly isTrue: (variable: string) => boolean;
}

/**
 * The fields that selections ask of an object of a type, by response key, in the order of the answer (CollectFields of the
 * GraphQL specification). The type may be an interface when no subgraph has said which object it is.
 */
export function collectFields(
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  scope: SelectionScope,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visit = (selectionSet: SelectionSetNode): void => {
    for (const selection of selectionSet.selections) {
      if (!isIncluded(selection.directives ?? [], scope)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const known = fields.get(key);
        if (known === undefined) fields.set(key, [selection]);
        else known.push(selection);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : scope.fragments.get(selection.name.value);
      if (fragment !== undefined && applies(fragment.typeCondition?.name.value, type, scope.schema))
        visit(fragment.selectionSet);
    }
  };
  selectionSets.forEach(visit);
  return fields;
}

function applies(condition: string | undefined, type: GraphQLCompositeType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  if (!isCompositeType(wanted) || !isAbstractType(wanted)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}

function isIncluded(
  directives: readonly (DirectiveNode | ConstDirectiveNode)[],
  { isTrue }: SelectionScope,
): boolean {
  return directives.every(({ name, arguments: args }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const condition = args?.find((argument) => argument.name.value === 'if')?.value;
    const holds =
      condition?.kind === Kind.VARIABLE
        ? isTrue(condition.name.value)
        : condition?.kind === Kind.BOOLEAN && condition.value;
    return name.value === 'skip' ? !holds : holds;
  });
}
