import type { Viewer } from '@hoerok/shared/auth';
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { decide, type OperationToDecide } from './decide.ts';
import type { Rules } from './read-rules.ts';
import type { Requirement } from './requirement.ts';

/** What happens to an operation that asks for more than its viewer may have. */
export type AuthorizationMode = 'filter' | 'reject';

/** The rules of one supergraph, and how they are kept. */
export interface Authorization {
  readonly rules: Rules;
  readonly mode: AuthorizationMode;
}

/** What a viewer gets of an operation. */
export interface Authorized {
  /** The operation to plan; `null` when nothing of it may be run. */
  readonly document: DocumentNode | null;
  /** Field nodes of the operation as it was sent that are null in the answer. */
  readonly refused: ReadonlySet<FieldNode>;
  /** One for each refused field or type. */
  readonly errors: readonly GraphQLError[];
  /** Nothing is run because something may not be. */
  readonly isRejected: boolean;
}

/** The rules that one operation meets. */
export interface OperationRules {
  /**
   * The class of a viewer for this operation: viewers of one class get the same plan. {@link WHOLE} for those who may
   * have all of it, so for everybody where there is no rule.
   */
  readonly classOf: (viewer: Viewer | null) => string;
  /** What a viewer gets, and all of its class. */
  readonly authorize: (viewer: Viewer | null) => Authorized;
}

/** The class of those who may have all of an operation. */
export const WHOLE = '';

/** What those get who may have all of a document. */
export function wholeOf(document: DocumentNode): Authorized {
  return { document, refused: NO_FIELD, errors: [], isRejected: false };
}

/** An operation, valid against what clients see. */
export interface OperationToAuthorize {
  readonly api: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

const NO_FIELD: ReadonlySet<FieldNode> = new Set();

/** Finds out which rules an operation meets. */
export function rulesOf(
  { rules, mode }: Authorization,
  { api, document, operation }: OperationToAuthorize,
): OperationRules {
  const toDecide: OperationToDecide = { api, rules, document, operation };
  const met = new Set<Requirement>();
  if (rules.types.size + rules.fields.size > 0) {
    decide(toDecide, (requirement) => {
      met.add(requirement);
      return true;
    });
  }
  const requirements = [...met];
  if (requirements.length === 0) return { classOf: () => WHOLE, authorize: () => wholeOf(document) };
  return {
    classOf: (viewer) => {
      const bits = requirements.map(({ isMetBy }) => (isMetBy(viewer) ? '1' : '0')).join('');
      return bits.includes('0') ? bits : WHOLE;
    },
    authorize: (viewer) => {
      if (requirements.every(({ isMetBy }) => isMetBy(viewer))) return wholeOf(document);
      const decision = decide(toDecide, ({ isMetBy }) => isMetBy(viewer));
      const errors = decision.paths.map(unauthorized);
      const isRejected = mode === 'reject' && errors.length > 0;
      return { ...decision, document: isRejected ? null : decision.document, errors, isRejected };
    },
  };
}

function unauthorized(path: readonly string[]): GraphQLError {
  return new GraphQLError('Unauthorized field or type', {
    path,
    extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
  });
}
