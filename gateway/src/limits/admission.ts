import { countRefused } from '@hoerok/shared/telemetry';
import { type GraphQLFormattedError, GraphQLError, type OperationTypeNode } from 'graphql';
import type { OperationRequest } from '../execution/pipeline.ts';
import type { PersistedOperations } from '../persisted/persisted-operations.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';
import type { Asker } from './asker.ts';
import type { CheckDocument, CheckedDocument } from './checked-documents.ts';
import type { RateLimits } from './rate-limits.ts';

declare const admitted: unique symbol;

/** An operation that has passed the limits, its text filled in. Only {@link Admit} makes one. */
export type AdmittedOperation = OperationRequest & { readonly [admitted]: true };

/** What an operation is expected to cost, and what it may. */
export interface CostEstimate {
  readonly estimated: number;
  readonly maximum: number | null;
}

/** Why an operation is not let in, as each transport tells it in its own way. */
export interface Refusal {
  /** Of HTTP. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly GraphQLFormattedError[];
}

/** Whether an operation may go on. */
export type Admission =
  | { readonly refusal: Refusal }
  | {
      readonly refusal: null;
      readonly operation: AdmittedOperation;
      /** undefined when the text does not parse, or has no such operation. */
      readonly type: OperationTypeNode | undefined;
      /** For auditors alone. */
      readonly cost: CostEstimate | null;
    };

/** Lets operations in, on every transport alike: persisted operations, limits, rates and introspection are decided here. */
export interface Admit {
  (request: OperationRequest, asker: Asker): Promise<Admission>;
  /** Counts a request that did not get as far as an operation. */
  readonly count: (asker: Asker) => Promise<Refusal | null>;
}

/** What {@link createAdmission} needs. */
export interface AdmissionDeps {
  readonly supergraph: Pick<SupergraphSource, 'current'>;
  readonly persisted: PersistedOperations;
  readonly check: CheckDocument;
  readonly rates: RateLimits;
  /** `null`: not limited. */
  readonly maxCost: number | null;
  readonly maxListSize: number;
  /** Without it, only auditors may introspect. */
  readonly introspection: boolean;
}

/** An operation takes a point for each root field, and one more for each so much of estimated cost. */
const COST_OF_POINT = 1_000;

/** Builds the gate that every operation passes, before it is validated. */
export function createAdmission(deps: AdmissionDeps): Admit {
  const { supergraph, persisted, check, rates, maxCost } = deps;

  async function admit(request: OperationRequest, asker: Asker): Promise<Admission> {
    // Who has nothing left costs us nothing more.
    const blocked = rates.waitOf(asker);
    if (blocked !== null) return refuse(tooFast(blocked));
    const resolved = persisted.resolve(request, asker);
    if (resolved instanceof GraphQLError) return (await counted(asker, 1)) ?? refuse(withStatus([resolved]));
    const { query, operationName, variables = {} } = resolved;
    if (query === undefined) return (await counted(asker, 1)) ?? admission(resolved);
    const document = check(query, supergraph.current());
    const operation = document.operation(operationName);
    const demand = operation?.demand(variables);
    const errors = errorsOf(document, demand, asker);
    const points = errors.length > 0 ? 1 : pointsOf(operation ?? document, demand);
    const waiting = await counted(asker, points);
    if (waiting !== null) return waiting;
    if (errors.length > 0) return refuse(withStatus(errors));
    persisted.register(request, resolved);
    const cost =
      asker.isAuditor && demand !== undefined ? { estimated: demand.cost, maximum: maxCost } : null;
    return admission(resolved, { type: operation?.type, cost });
  }

  async function counted(asker: Asker, points: number): Promise<Admission | null> {
    const taken = rates.take(asker, points);
    const wait = typeof taken === 'object' ? await taken : taken;
    return wait === null ? null : refuse(tooFast(wait));
  }

  function errorsOf(
    document: CheckedDocument,
    demand: { readonly cost: number; readonly oversized: string | null } | undefined,
    asker: Asker,
  ): readonly GraphQLError[] {
    if (document.errors.length > 0) return document.errors;
    if (document.introspects && !deps.introspection && !asker.isAuditor) return [NO_INTROSPECTION];
    if (demand === undefined) return [];
    if (demand.oversized !== null) {
      const message = `The argument "${demand.oversized}" asks for more than ${deps.maxListSize}.`;
      return [tooLarge(message)];
    }
    if (maxCost === null || demand.cost <= maxCost) return [];
    return [tooLarge(`The operation is estimated to cost more than ${maxCost}; ask for less at once.`)];
  }

  const count: Admit['count'] = async (asker) => (await counted(asker, 1))?.refusal ?? null;
  return Object.assign(admit, { count });
}

function pointsOf(
  { rootFields }: { readonly rootFields: number },
  demand: { readonly cost: number } | undefined,
): number {
  return Math.max(1, rootFields) + Math.floor((demand?.cost ?? 0) / COST_OF_POINT);
}

function admission(
  operation: OperationRequest,
  more: { readonly type: OperationTypeNode | undefined; readonly cost: CostEstimate | null } = {
    type: undefined,
    cost: null,
  },
): Admission {
  // the one place where operations are admitted
  return { refusal: null, operation: operation as AdmittedOperation, ...more };
}

function refuse(refusal: Refusal): Admission {
  countRefused('gateway');
  return { refusal };
}

function withStatus(errors: readonly GraphQLError[]): Refusal {
  const http = errors[0]?.extensions['http'] as { readonly status?: number } | undefined;
  return { status: http?.status ?? 400, headers: NOT_STORED, errors: errors.map(withoutHttp) };
}

const NOT_STORED = { 'cache-control': 'no-store' };

function tooFast(waitMs: number): Refusal {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1_000));
  const message = `Too many operations in a minute; come back in ${retryAfterSeconds} s.`;
  return {
    status: 429,
    headers: { ...NOT_STORED, 'retry-after': String(retryAfterSeconds) },
    errors: [{ message, extensions: { code: 'RATE_LIMITED', retryAfterSeconds } }],
  };
}

const NO_INTROSPECTION = new GraphQLError('Introspection is not allowed here.', {
  extensions: { code: 'INTROSPECTION_DISABLED', http: { status: 400 } },
});

function tooLarge(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'OPERATION_TOO_LARGE', http: { status: 400 } } });
}

// The status is for HTTP alone.
function withoutHttp(error: GraphQLError): GraphQLFormattedError {
  const { http: _, ...extensions } = error.extensions;
  return { ...error.toJSON(), extensions };
}
