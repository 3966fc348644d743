import type { FetchNode } from '@apollo/query-planner';
import { SpanKind, withSpan } from '@hoerok/shared/telemetry';
import type { PlannedOperation } from '../execution/planned-operation.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { countExecution } from './event-sharing.ts';
import type { SourceEvent } from './event-source.ts';
import { compilePlainProjection, type PlainProjection, plainProjectionOf } from './plain-projection.ts';
import type { EventPayload } from './stored-event.ts';
import type { SubscriptionRoot } from './subscription-root.ts';

/** Answers an event that carries all that is asked for, once for all who ask the same; `null` when it has to be executed. */
export type DirectAnswer = (event: SourceEvent) => Promise<{ readonly data: Record<string, unknown> }> | null;

const known = new WeakMap<FetchNode, DirectAnswer | null>();

/**
 * What answers the events of a planned subscription without any fetch. Compiled once for a plan, for thousands may run on it.
 * @returns `null` when there is more to do: something to be fetched, or to be left out for this class of viewers.
 */
export function directAnswerOf(
  schema: SupergraphSchema,
  { root, planned }: { readonly root: SubscriptionRoot; readonly planned: PlannedOperation },
): DirectAnswer | null {
  const compiled = known.get(root.primary);
  if (compiled !== undefined) return compiled;
  const project = compile(schema, root, planned);
  const answer = project === null ? null : sharing(root.name, project);
  known.set(root.primary, answer);
  return answer;
}

// The subgraph judges what an event says, and the graph that clients know judges what the subgraph says. Where both find it
// plain, both answer the values as they are, the latter in the order that the client asked for them.
function compile(
  { api }: SupergraphSchema,
  { field, subgraph, document }: SubscriptionRoot,
  { plan, unauthorized, document: asked }: PlannedOperation,
): PlainProjection | null {
  const isWhole = plan?.node?.kind === 'Subscription' && plan.node.rest === undefined;
  if (!isWhole || field === null || unauthorized.length > 0) return null;
  const ofSubgraph = plainProjectionOf(subgraph, document);
  const ofClient = compilePlainProjection(api, asked);
  if (ofSubgraph === null || ofClient === null) return null;
  return (payload) => (ofSubgraph(payload) === null ? null : ofClient(payload));
}

function sharing(name: string, project: PlainProjection): DirectAnswer {
  // Identical subscribers hold the same event; the answer goes with it.
  const answers = new WeakMap<EventPayload, ReturnType<DirectAnswer>>();
  return ({ payload, trace }) => {
    const begun = answers.get(payload);
    if (begun !== undefined) {
      if (begun !== null) countExecution('shared');
      return begun;
    }
    const data = project(payload);
    const span = { name: `subscription ${name}`, kind: SpanKind.CONSUMER, parent: trace };
    const answer = data === null ? null : withSpan(span, async () => ({ data }));
    if (answer !== null) countExecution('run');
    answers.set(payload, answer);
    return answer;
  };
}
