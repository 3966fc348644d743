import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type FragmentDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';

/**
 * Refusals for want of a right. What is hidden from somebody is refused as if it did not exist. Attempts beyond the limit
 * are not among them: they would let anybody fill the table.
 */
const DENIALS = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'WRONG_CREDENTIALS',
  'SESSION_REVOKED',
  'CONSENT_REFUSED',
]);
/** Mutations that let somebody in or out, hand something on, or delete it. */
const SENSITIVE =
  /^(delete|remove|revoke|deactivate|invite|share|assign)|^(addParticipants|changeShare|acceptShareLink|openShare|createUser|createApiKey|createCalendarFeed|setUserRole|changePassword|cancelMeeting)$/;
const MAX_IDS = 20;
const MAX_ID_LENGTH = 100;

/** Something that somebody did or was refused. Holds ids and codes, never what people wrote. */
export interface AuditAction {
  readonly action: string;
  readonly objectIds: readonly string[];
  readonly outcome: 'DONE' | 'DENIED';
  /** Of the refusal. */
  readonly code: string | null;
}

/** A mutation and its answer. */
export interface AnsweredMutation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

/** What of a mutation belongs into the audit trail: one entry for each root field that was refused, or is sensitive and done. */
export function auditActionsOf(mutation: AnsweredMutation): AuditAction[] {
  return rootFields(mutation, mutation.operation.selectionSet).flatMap((node) => {
    const action = node.name.value;
    const code = codeOf(mutation, node.alias?.value ?? action);
    const denied = code !== null && DENIALS.has(code);
    if (!denied && (code !== null || !SENSITIVE.test(action))) return [];
    const objectIds = idsOf(mutation, node);
    return [{ action, objectIds, outcome: denied ? 'DENIED' : 'DONE', code }];
  });
}

function rootFields(mutation: AnsweredMutation, { selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : mutation.fragments.get(selection.name.value);
    return inner === undefined ? [] : rootFields(mutation, inner.selectionSet);
  });
}

/** The code that the field was refused with: of an error, or of the first of its userErrors; null when it was done. */
function codeOf({ data, errors }: AnsweredMutation, key: string): string | null {
  const error = errors.find(({ path }) => path === undefined || path[0] === key);
  if (error !== undefined) return textOr('INTERNAL', error.extensions?.['code']);
  const payload = data?.[key] as
    | { readonly userErrors?: readonly { readonly code?: unknown }[] }
    | null
    | undefined;
  const [first] = payload?.userErrors ?? [];
  return first === undefined ? null : textOr('BAD_INPUT', first.code);
}

const textOr = (otherwise: string, code: unknown): string => (typeof code === 'string' ? code : otherwise);

function idsOf({ operation, variables }: AnsweredMutation, node: FieldNode): string[] {
  const defaults = (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
    variable.name.value,
    defaultValue === undefined ? undefined : valueFromASTUntyped(defaultValue),
  ]);
  const given = { ...Object.fromEntries(defaults), ...variables } as Record<string, unknown>;
  const ids: string[] = [];
  const collect = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) collect(name, one);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) collect(key, inner);
    else if (/(^i|I)ds?$/.test(name) && typeof value === 'string') ids.push(value.slice(0, MAX_ID_LENGTH));
  };
  // Untyped: nothing here may throw once the deed is done.
  for (const { name, value } of node.arguments ?? []) collect(name.value, valueFromASTUntyped(value, given));
  // PostgreSQL takes no NUL in text, and an id from outside may be anything.
  return ids.slice(0, MAX_IDS).map((id) => id.replaceAll('\0', '\uFFFD').toWellFormed());
}
