import type { UserViewer } from '@hoerok/shared/auth';
import { createLogger } from '@hoerok/shared/telemetry';
import { createMemoryStreams, type MemoryStreams } from './fixture-stream.ts';
import type { EventStreamField } from '../src/supergraph/event-stream-directive.ts';
import { createEventIds } from '../src/subscriptions/event-id.ts';
import {
  type EventSource,
  type EventSourceDeps,
  type EventSourceRequest,
  openEventSource,
  type SourceEvent,
} from '../src/subscriptions/event-source.ts';
import { compileSubject } from '../src/subscriptions/subject-template.ts';

/** Who watches, unless a test says otherwise. */
export const viewer: UserViewer = {
  kind: 'user',
  userId: 'u1',
  workspaceId: 'w1',
  role: 'MEMBER',
  sessionId: 's1',
};
const logger = createLogger({ service: 'test', level: 'silent' });

/** A field about one task, with a snapshot and an end. */
export const task: EventStreamField = {
  field: 'taskUpdated',
  subject: compileSubject('evt.*.{workspace}.task.{args.id}.changed'),
  snapshot: true,
  filter: null,
  audience: ['watchers'],
  audienceRoles: ['ADMIN'],
  guard: null,
  latestOnly: false,
  end: { field: 'status', values: ['DONE'] },
};
/** A field about all tasks of the workspace. */
export const tasks: EventStreamField = {
  ...task,
  subject: compileSubject('evt.*.{workspace}.task.*.changed'),
  snapshot: false,
};
/** A field about many notes, for the members of a room. */
export const notes: EventStreamField = {
  ...tasks,
  subject: compileSubject('evt.notes.{workspace}.note.*.changed'),
  audience: null,
  guard: { subject: compileSubject('evt.rooms.{workspace}.room.{args.room}.*'), audience: ['members'] },
};

/** The subject of a task. */
export const subjectOf = (id: string, service = 'ai'): string => `evt.${service}.w1.task.${id}.changed`;
/** A state of the task `t`. */
export const state = (revision: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  __typename: 'Task',
  id: 't',
  revision,
  watchers: ['u1'],
  status: 'BUSY',
  ...more,
});

/** What {@link bench} gives. */
export interface Bench {
  readonly streams: MemoryStreams;
  readonly say: (revision: number, more?: Record<string, unknown>) => void;
  readonly open: (
    more?: Partial<EventSourceRequest>,
    deps?: Partial<EventSourceDeps>,
  ) => Promise<EventSource>;
}

/** Streams in memory and sources over them. */
export function bench(remembered?: number): Bench {
  const streams = createMemoryStreams(remembered);
  const eventIds = createEventIds(['a key']);
  return {
    streams,
    say: (revision, more) => void streams.publish(subjectOf('t'), state(revision, more)),
    open: async (more = {}, deps = {}) => {
      const field = more.field ?? task;
      const args = { id: 't', room: 'r' };
      const subject = field.subject.render({ workspaceId: 'w1', viewerId: 'u1', args });
      const { signal } = new AbortController();
      return await openEventSource(
        { field, subject, args, viewer, signal, readObject: null, ...more },
        { hub: streams.hub, store: streams.store, eventIds, logger, graceMs: 20, ...deps },
      );
    },
  };
}

/** What a test looks at in an event. */
export const seen = (event: SourceEvent | null): unknown[] => [event?.payload['revision'], event?.delivery];

/** Pulls so many events, or fewer up to the end. */
export async function pullAll(source: EventSource, count: number): Promise<SourceEvent[]> {
  const events: SourceEvent[] = [];
  while (events.length < count) {
    const event = await source.pull();
    if (event === null) break;
    events.push(event);
  }
  return events;
}

/** The whole numbers from one to another. */
export const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** The revisions of events. */
export const revisions = (events: readonly SourceEvent[]): unknown[] =>
  events.map(({ payload }) => payload['revision']);
