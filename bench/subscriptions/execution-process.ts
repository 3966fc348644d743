/**
 * The execution of events alone: a planned subscription of the gateway, run in this process over data sources that answer from
 * memory. Nothing is received, sent or signed.
 */
import { readFile } from 'node:fs/promises';
import { createLogger } from '@hoerok/shared/telemetry';
import { parse } from 'graphql';
import type { AcceptedSubscription, GatewayContext } from '../../gateway/src/context.ts';
import type { SubgraphSource, SubgraphSources } from '../../gateway/src/datasources/subgraph-source.ts';
import { createEventSharing } from '../../gateway/src/subscriptions/event-sharing.ts';
import { type EventAnswer, planSubscription } from '../../gateway/src/subscriptions/planned-subscription.ts';
import { buildSupergraphSchema } from '../../gateway/src/supergraph/supergraph-schema.ts';
import { answerAsks } from './asking.ts';
import type { ExecutionRequest } from './execution.ts';
import { eventPayload, SDL, subscriptionTo } from './graph.ts';

const BATCHES = 5;
const WARM_UP_EVENTS = 20_000;

type Entity = NonNullable<Awaited<ReturnType<SubgraphSource>>['data']>;

const ANSWERS: Readonly<Record<string, () => Entity>> = {
  'meetings Task': () => ({ title: 'Meeting' }),
  'meetings Meeting': () => ({ title: 'Meeting', host: { __typename: 'User', id: 'u' } }),
  'users Task': () => ({ requestedBy: 'Requester' }),
  'users User': () => ({ name: 'Name', team: { __typename: 'Team', id: 't' } }),
  'teams Task': () => ({ team: 'Team' }),
  'teams Team': () => ({ name: 'Name', office: { __typename: 'Office', id: 'o' } }),
  'offices Task': () => ({ office: 'Office' }),
  'offices Office': () => ({ city: 'City' }),
};

function sourcesInMemory(): SubgraphSources {
  const entries = Object.keys(SDL).map((name): [string, SubgraphSource] => [
    name,
    async ({ body }) => {
      const type = /"__typename":"(\w+)"/.exec(body)?.[1];
      // Anew each time: whoever executes owns the answer.
      return { data: { _entities: [ANSWERS[`${name} ${type}`]?.() ?? null] } };
    },
  ]);
  return new Map(entries);
}

async function measure({ supergraphFile, shape, field, events }: ExecutionRequest): Promise<number> {
  const schema = buildSupergraphSchema(await readFile(supergraphFile, 'utf8'));
  const source = subscriptionTo(field, shape);
  const variables = { list: 'l1' };
  const document = parse(source);
  const subscription: AcceptedSubscription = {
    schema,
    document,
    source,
    operationName: undefined,
    viewer: null,
    variables,
  };
  const sources = sourcesInMemory();
  const planned = planSubscription(subscription, {
    sourcesOf: () => sources,
    share: createEventSharing<EventAnswer>(),
    logger: createLogger({ service: 'bench', level: 'warn' }),
  });
  const viewer = { kind: 'user', userId: 'u1', workspaceId: 'w1', role: 'MEMBER', sessionId: 's1' } as const;
  const { signal } = new AbortController();
  const context: GatewayContext = { requestId: 'r1', viewer, headers: {}, signal };

  async function run(count: number): Promise<number> {
    const payloads = Array.from({ length: count }, (_, event) => {
      const payload = eventPayload({ list: 'l1', id: `l1-${event}`, revision: event + 1 });
      return field === 'taskWatched' ? { data: { [field]: payload } } : payload;
    });
    const before = process.cpuUsage();
    for (const payload of payloads) {
      const event = {
        key: '',
        terminal: false,
        payload,
        eventId: null,
        delivery: 'live',
        trace: {},
      } as const;
      const { errors } = await (planned.answer(event) ?? planned.execute(event, context));
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / count;
  }

  await run(WARM_UP_EVENTS);
  const batches: number[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) batches.push(await run(events));
  return batches.toSorted((a, b) => a - b)[Math.floor(BATCHES / 2)] ?? NaN;
}

answerAsks({ measure });
process.once('disconnect', () => process.exit(0));
