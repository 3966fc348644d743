import type { UserViewer } from '@hoerok/shared/auth';
import { describe, expect, it } from 'vitest';
import { compileSubject } from './subject-template.ts';
import type { EventListener } from './event-hub.ts';
import { type EventSource, openEventSource, type SourceEvent } from './event-source.ts';
import type { EventPayload, StoredEvent } from './stored-event.ts';

const viewer: UserViewer = { kind: 'user', userId: 'u1', workspaceId: 'w1', role: 'MEMBER', sessionId: 's1' };

const field = {
  field: 'taskUpdated',
  subject: compileSubject('evt.*.{workspace}.task.{args.id}.changed'),
  snapshot: true,
  audience: ['watchers'],
  audienceRoles: ['ADMIN'],
  end: { field: 'status', values: ['DONE'] },
};

const at = (sequence: number, more: EventPayload = {}): StoredEvent => ({
  stream: 'S',
  sequence,
  payload: { __typename: 'Task', id: 't', revision: sequence, watchers: ['u1'], status: 'BUSY', ...more },
  trace: {},
});

interface Options {
  readonly stored?: readonly StoredEvent[];
  /** Comes live while the snapshot is being read. */
  readonly meanwhile?: readonly StoredEvent[];
  readonly role?: 'ADMIN' | 'MEMBER';
  readonly oneObject?: boolean;
  readonly readObject?: () => Promise<EventPayload | null>;
}

async function open(
  options: Options,
): Promise<{ source: EventSource; live: EventListener; attached: () => boolean }> {
  let listener: EventListener | undefined;
  let attached = false;
  const live: EventListener = (event) => listener?.(event);
  const many = { ...field, subject: compileSubject('evt.*.{workspace}.task.*.changed'), snapshot: false };
  const source = await openEventSource(
    {
      field: options.oneObject === false ? many : field,
      subject: 'evt.*.w1.task.t.changed',
      viewer: { ...viewer, role: options.role ?? 'MEMBER' },
      readObject: options.readObject ?? null,
    },
    {
      graceMs: 20,
      hub: {
        attach: async (_subject, given) => {
          listener = given;
          attached = true;
          return () => {
            attached = false;
          };
        },
        interest: () => 1,
        close: () => undefined,
      },
      store: {
        last: async () => {
          for (const event of options.meanwhile ?? []) live(event);
          return options.stored ?? [];
        },
        next: async () => null,
        heads: async () => new Map(),
      },
    },
  );
  return { source, live, attached: () => attached };
}

const seen = (event: SourceEvent | null) => [event?.payload['revision'], event?.delivery];

describe('an event source', () => {
  it('gives the snapshot first, then what came meanwhile, each once', async () => {
    const { source, live } = await open({ stored: [at(2)], meanwhile: [at(1), at(2), at(3)] });
    expect(seen(await source.pull())).toEqual([2, 'snapshot']);
    expect(seen(await source.pull())).toEqual([3, 'live']);
    live(at(3));
    live(at(4));
    expect(seen(await source.pull())).toEqual([4, 'live']);
  });

  it('drops a repeated publication by its revision', async () => {
    const { source, live } = await open({ stored: [at(2)] });
    live({ ...at(2), sequence: 9 });
    live({ ...at(3), sequence: 10 });
    expect(seen(await source.pull())).toEqual([2, 'snapshot']);
    expect(seen(await source.pull())).toEqual([3, 'live']);
  });

  it('takes the newest revision when several streams hold the subject', async () => {
    const other = { ...at(5), stream: 'T', sequence: 1 };
    const { source } = await open({ stored: [at(4), other, at(3)] });
    expect(seen(await source.pull())).toEqual([5, 'snapshot']);
  });

  it('ends by itself after the last word and lets go of the subject', async () => {
    const { source, live, attached } = await open({ stored: [at(1)] });
    await source.pull();
    live(at(2, { status: 'DONE' }));
    live(at(3));
    expect(seen(await source.pull())).toEqual([2, 'live']);
    expect(attached()).toBe(false);
    expect(await source.pull()).toBeNull();
  });

  it('answers an object of others as if it did not exist', async () => {
    const { source, attached } = await open({ stored: [at(1, { watchers: ['u2'] })] });
    await expect(source.pull()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(attached()).toBe(false);
  });

  it('shows everything of the workspace to the roles that may see it', async () => {
    const { source } = await open({ stored: [at(1, { watchers: [] })], role: 'ADMIN' });
    expect(seen(await source.pull())).toEqual([1, 'snapshot']);
  });

  it('about many objects passes over those of others', async () => {
    const { source, live } = await open({ oneObject: false });
    live(at(1, { watchers: ['u2'] }));
    live(at(2));
    expect(seen(await source.pull())).toEqual([2, 'live']);
  });

  it('asks the graph for an object that no stream knows any more', async () => {
    const readObject = async () => ({ __typename: 'Task', id: 't', revision: 7, status: 'DONE' });
    const { source } = await open({ readObject });
    expect(seen(await source.pull())).toEqual([7, 'snapshot']);
    expect(await source.pull()).toBeNull();
  });

  it('says not found when neither streams nor graph know the object and nothing happens', async () => {
    const { source } = await open({ readObject: async () => null });
    await expect(source.pull()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('starts with the first live event of an object that nobody knew yet', async () => {
    const { source, live } = await open({ readObject: async () => null });
    live(at(1));
    expect(seen(await source.pull())).toEqual([1, 'live']);
    const next = source.pull();
    live(at(2));
    expect(seen(await next)).toEqual([2, 'live']);
  });

  it('is released at once when it is closed, also while a pull waits', async () => {
    const { source, attached } = await open({ stored: [at(1)] });
    await source.pull();
    const waiting = source.pull();
    source.close();
    expect(attached()).toBe(false);
    expect(await waiting).toBeNull();
  });
});
