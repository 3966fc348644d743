import { until } from '@hoerok/shared/testing';
import { describe, expect, it } from 'vitest';
import { foundWorkspace, schedule, writeTodo } from './meeting-together.ts';
import { openSocket, type Socket, type Watch } from './watch.ts';

const SOCKETS = 10;
const EVENTS = 250;
/** Bundles of interleaved writes that are under way at once. */
const WRITERS = 4;

const WATCHED = {
  todoUpdates: `subscription ($meetingId: ID!) { todoUpdates(meetingId: $meetingId) { todoId actor { id } } }`,
  myTodoUpdated: `subscription { myTodoUpdated { todoId actor { id } } }`,
  notificationReceived: `subscription { notificationReceived { id subject { ... on Todo { id } } } }`,
  meetingEvents: `subscription ($meetingId: ID!) { meetingEvents(meetingId: $meetingId) { kind meeting { id } } }`,
};

interface Side extends AsyncDisposable {
  readonly write: () => Promise<string>;
  readonly watches: Readonly<Record<keyof typeof WATCHED, Watch>>[];
  readonly meetingId: string;
}

async function openSide(name: string): Promise<Side> {
  const { join } = await foundWorkspace(name);
  const [organizer, colleague] = [await join(`${name}Organizer`), await join(`${name}Colleague`)];
  const { id: meetingId } = await schedule(organizer, colleague);
  const sockets: Socket[] = Array.from({ length: SOCKETS }, () => openSocket(colleague));
  return {
    meetingId,
    write: () => writeTodo(organizer, { meetingId, assigneeId: colleague.userId }),
    watches: sockets.map((socket) => ({
      todoUpdates: socket.watch(WATCHED.todoUpdates, { meetingId }),
      myTodoUpdated: socket.watch(WATCHED.myTodoUpdated),
      notificationReceived: socket.watch(WATCHED.notificationReceived),
      meetingEvents: socket.watch(WATCHED.meetingEvents, { meetingId }),
    })),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(sockets.map((socket) => socket[Symbol.asyncDispose]()));
    },
  };
}

const idsOf = ({ events }: Watch): string[] =>
  events.map(({ data }) => {
    const [value] = Object.values(data ?? {}) as { todoId?: string; subject?: { id: string } | null }[];
    return value?.todoId ?? value?.subject?.id ?? 'none';
  });

describe('two workspaces that are watched at once', () => {
  it(`tell their ${SOCKETS} sockets each of all of ${EVENTS} changes, and of none of the others'`, async () => {
    await using left = await openSide('Left');
    await using right = await openSide('Right');
    const sides = [left, right];
    const all = sides.flatMap(({ watches }) => watches.flatMap((watch) => Object.values(watch)));
    // From its first event on a subscription is known to be open.
    const written = new Map(sides.map((side) => [side, [] as string[]]));
    const probes = new Map(sides.map((side) => [side, [] as string[]]));
    await until('all subscriptions are open', async () => {
      if (all.every(({ events }) => events.length > 0)) return true;
      for (const side of sides) probes.get(side)?.push(await side.write());
      return false;
    });

    const waiting = Array.from({ length: EVENTS }, () => sides).flat();
    const work = async (): Promise<void> => {
      for (let side = waiting.pop(); side !== undefined; side = waiting.pop())
        written.get(side)?.push(await side.write());
    };
    await Promise.all(Array.from({ length: WRITERS }, work));

    for (const side of sides) {
      const own = written.get(side) ?? [];
      const ownIds = new Set(own);
      const ownToldBy = (watch: Watch): string[] => idsOf(watch).filter((id) => ownIds.has(id));
      const known = new Set([...own, ...(probes.get(side) ?? [])]);
      for (const watches of side.watches) {
        for (const name of ['todoUpdates', 'myTodoUpdated', 'notificationReceived'] as const) {
          await until(`${name} has told of everything`, () => ownToldBy(watches[name]).length >= own.length, {
            deadlineMs: 30_000,
            intervalMs: 100,
          });
          expect(ownToldBy(watches[name]).toSorted()).toEqual(own.toSorted());
          // The invitation to the meeting is a notification as well.
          const foreign = idsOf(watches[name]).filter((id) => !known.has(id) && id !== 'none');
          expect(foreign).toEqual([]);
        }
        for (const { data, errors } of watches.meetingEvents.events) {
          expect(errors).toBeUndefined();
          expect(data).toMatchObject({ meetingEvents: { meeting: { id: side.meetingId } } });
        }
      }
    }
    expect(all.flatMap(({ events }) => events.flatMap(({ errors = [] }) => errors))).toEqual([]);
    expect(all.every(({ endedAt }) => endedAt() === null)).toBe(true);
  });
});
