/** Events of notes: what the tests of lost events write, and who listens to them. */
import { z } from 'zod';
import { defineEvent } from '../src/contracts/index.ts';
import { onEvent, startEventConsumers } from '../src/events/index.ts';
import { streamNames } from '../src/messaging/index.ts';
import { addEvent } from '../src/outbox/index.ts';
import { until } from '../src/testing/index.ts';
import { SERVICE, type TestPlatform } from './test-platform.ts';

const noteChanged = defineEvent({
  service: SERVICE,
  aggregate: 'note',
  event: 'changed',
  version: 1,
  schema: z.object({ number: z.int() }),
});
export const AGGREGATES = ['a', 'b', 'c', 'd'];
export const EACH = 10;
export const oneTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

export const write = (platform: TestPlatform, aggregateId: string, number: number): Promise<void> =>
  platform.transact((tx) =>
    addEvent(tx, {
      contract: noteChanged,
      workspaceId: 'w-1',
      aggregateId,
      payload: { number },
      actorId: null,
    }),
  );

export async function writeAll(platform: TestPlatform): Promise<void> {
  for (const number of oneTo(EACH))
    for (const aggregate of AGGREGATES) await write(platform, aggregate, number);
  await drained(platform);
}

export const drained = (platform: TestPlatform): Promise<boolean> =>
  until('the outbox is empty', async () => (await platform.sql('SELECT 1 FROM outbox')).length === 0);
export const eventsOf = (platform: TestPlatform): string => streamNames(platform.namespace, SERVICE).events;

/** Numbers of an aggregate in the stream, in order. */
export async function numbers(platform: TestPlatform, aggregate: string): Promise<number[]> {
  const messages = await platform.stored(eventsOf(platform), `evt.${SERVICE}.w-1.note.${aggregate}.`);
  return messages.map(({ text }) => (JSON.parse(text) as { number: number }).number);
}

export interface Listener extends AsyncDisposable {
  /** What was handled, by aggregate, in order. */
  readonly seen: ReadonlyMap<string, number[]>;
}

export async function listen(platform: TestPlatform, purpose = 'loss'): Promise<Listener> {
  const seen = new Map<string, number[]>(AGGREGATES.map((aggregate) => [aggregate, []]));
  const handler = onEvent(noteChanged, async ({ aggregateId, payload }) => {
    seen.get(aggregateId)?.push(payload.number);
  });
  const consumers = await startEventConsumers(platform, [{ purpose, handlers: [handler] }]);
  return { seen, [Symbol.asyncDispose]: consumers.stop };
}

export const heard = ({ seen }: Listener): Promise<boolean> =>
  until('everything is heard', () => [...seen.values()].every((list) => list.length >= EACH));
