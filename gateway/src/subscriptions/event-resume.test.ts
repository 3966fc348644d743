import { describe, expect, it } from 'vitest';
import {
  type Bench,
  bench,
  numbers,
  pullAll,
  revisions,
  seen,
  state,
  subjectOf,
  tasks,
  viewer,
} from '../../test/fixture-source.ts';
import { createEventIds } from './event-id.ts';
import type { SourceEvent } from './event-source.ts';

describe('an event of many things that was published twice', () => {
  const publish = ({ streams }: Bench, revision: number): void =>
    void streams.publish(subjectOf(`t${revision}`), state(revision), `id ${revision}`);

  it('is told once: live, out of the stream, and when one copy was read and the other one comes live', async () => {
    const scene = bench();
    const source = await scene.open({ field: tasks });
    for (const revision of [1, 2, 1, 3]) publish(scene, revision);
    expect(revisions(await pullAll(source, 3))).toEqual([1, 2, 3]);
    // More than may wait, so the rest is read from the stream.
    for (const revision of [...numbers(4, 90), ...numbers(40, 90)]) publish(scene, revision);
    expect(revisions(await pullAll(source, 87))).toEqual(numbers(4, 90));
    const next = source.pull();
    publish(scene, 90);
    publish(scene, 91);
    expect(seen(await next)).toEqual([91, 'live']);
  });

  it('is told once to who resumes between other events', async () => {
    const scene = bench();
    const first = await scene.open({ field: tasks });
    publish(scene, 1);
    const { eventId } = (await first.pull()) as SourceEvent;
    first.close();
    for (const revision of [2, 3, 2, 4]) publish(scene, revision);
    const second = await scene.open({ field: tasks, lastEventId: eventId ?? '' });
    expect(revisions(await pullAll(second, 3))).toEqual([2, 3, 4]);
    const next = second.pull();
    publish(scene, 3);
    publish(scene, 5);
    expect(seen(await next)).toEqual([5, 'live']);
  });

  it('is not held for one that only looks like it', async () => {
    const { say, open } = bench();
    const source = await open({ field: tasks });
    say(1);
    say(1);
    expect(revisions(await pullAll(source, 2))).toEqual([1, 1]);
  });
});

describe('a slow reader', () => {
  it('gets every event once and in order, however far it falls behind, and goes on live', async () => {
    const { say, open } = bench();
    const source = await open({ field: tasks });
    for (const revision of numbers(1, 1_000)) say(revision);
    const events = await pullAll(source, 1_000);
    expect(revisions(events)).toEqual(numbers(1, 1_000));
    expect(new Set(events.map(({ delivery }) => delivery))).toEqual(new Set(['live']));
    const next = source.pull();
    say(1_001);
    expect(seen(await next)).toEqual([1_001, 'live']);
  });

  it('loses and repeats nothing while events keep coming as it catches up', async () => {
    const { streams, say, open } = bench();
    const source = await open({ field: tasks });
    for (const revision of numbers(1, 200)) say(revision);
    let revision = 200;
    streams.beforeRead = () => {
      for (let i = 0; i < 3 && revision < 500; i += 1) say((revision += 1));
    };
    expect(revisions(await pullAll(source, 500))).toEqual(numbers(1, 500));
  });

  it('keeps no more than the buffer in memory: what is behind it is read when there is room', async () => {
    const { streams, say, open } = bench();
    const source = await open({ field: tasks });
    for (const revision of numbers(1, 1_000)) say(revision);
    expect(streams.reads()).toBe(0);
    await pullAll(source, 100);
    expect(streams.reads()).toBeLessThan(60);
  });

  it('is given what has just gone by without asking the stream for it', async () => {
    const { streams, say, open } = bench(1_000);
    say(0);
    const source = await open({ field: tasks });
    for (const revision of numbers(1, 500)) say(revision);
    expect(revisions(await pullAll(source, 500))).toEqual(numbers(1, 500));
    expect(streams.reads()).toBe(0);
  });

  it('gets the newest state of each object on a field that says so', async () => {
    const { say, open } = bench();
    const source = await open({ field: { ...tasks, latestOnly: true } });
    for (const revision of numbers(1, 1_000)) say(revision);
    const events: SourceEvent[] = [];
    while (revisions(events).at(-1) !== 1_000) events.push(...(await pullAll(source, 1)));
    expect(events.length).toBeLessThanOrEqual(64);
  });
});

describe('a stream that is resumed', () => {
  it('goes on after the last event, from any replica, and then live', async () => {
    const { say, open } = bench();
    for (const revision of numbers(1, 3)) say(revision);
    const source = await open();
    const { eventId } = (await source.pull()) as SourceEvent;
    source.close();
    for (const revision of numbers(4, 20)) say(revision);
    const again = await open({ lastEventId: eventId ?? '' }, { eventIds: createEventIds(['new', 'a key']) });
    const events = await pullAll(again, 17);
    expect(revisions(events)).toEqual(numbers(4, 20));
    expect(events[0]).toMatchObject({ delivery: 'replay' });
    expect(events[0]).not.toHaveProperty('resume');
    say(21);
    expect(seen(await again.pull())).toEqual([21, 'live']);
  });

  it('goes on in each of several streams', async () => {
    const { streams, say, open } = bench();
    const other = (revision: number) =>
      streams.publish(subjectOf('x', 'other'), { ...state(revision), id: 'x' });
    const source = await open({ field: tasks });
    say(1);
    other(1);
    const [, last] = await pullAll(source, 2);
    source.close();
    say(2);
    other(2);
    const again = await open({ field: tasks, lastEventId: last?.eventId ?? '' });
    expect(revisions(await pullAll(again, 2))).toEqual([2, 2]);
  });

  it('completes at once when the last event was the last word', async () => {
    const { streams, say, open } = bench();
    say(1, { status: 'DONE' });
    const { eventId } = (await (await open()).pull()) as SourceEvent;
    const again = await open({ lastEventId: eventId ?? '' });
    expect(await again.pull()).toBeNull();
    expect(streams.hub.interest()).toBe(0);
  });

  it.each([
    ['is older than what the stream holds', ({ streams }: Bench) => streams.purge('ai', 8), 0],
    [
      'is of a stream that was made anew',
      ({ streams, say }: Bench) => {
        streams.remake('ai');
        say(11);
      },
      1,
    ],
  ])(
    'says that something is lost when the last event %s, and how things stand',
    async (_what, change, more) => {
      const made = bench();
      made.say(1);
      const source = await made.open();
      const { eventId } = (await source.pull()) as SourceEvent;
      source.close();
      for (const revision of numbers(2, 10)) made.say(revision);
      change(made);
      const again = await made.open({ lastEventId: eventId ?? '' });
      expect(await again.pull()).toMatchObject({
        payload: { revision: 10 + more },
        delivery: 'snapshot',
        resume: 'RESUME_GAP',
      });
      made.say(20);
      const next = await again.pull();
      expect(seen(next)).toEqual([20, 'live']);
      expect(next).not.toHaveProperty('resume');
    },
  );

  it('gets the state of things instead of more events than it may be owed', async () => {
    const { say, open } = bench();
    say(1);
    const { eventId } = (await (await open()).pull()) as SourceEvent;
    for (const revision of numbers(2, 12)) say(revision);
    const lastEventId = eventId ?? '';
    const owed = await open({ lastEventId }, { maxReplayed: 11 });
    expect(seen(await owed.pull())).toEqual([2, 'replay']);
    const gap = await open({ lastEventId }, { maxReplayed: 10 });
    expect(await gap.pull()).toMatchObject({ payload: { revision: 12 }, resume: 'RESUME_GAP' });
  });

  it('without a snapshot gets what is left, the first of it marked', async () => {
    const { streams, say, open } = bench();
    const source = await open({ field: tasks });
    say(1);
    const { eventId } = (await source.pull()) as SourceEvent;
    for (const revision of numbers(2, 10)) say(revision);
    streams.purge('ai', 8);
    const again = await open({ field: tasks, lastEventId: eventId ?? '' });
    const events = await pullAll(again, 3);
    expect(revisions(events)).toEqual([8, 9, 10]);
    expect(events.map(({ resume }) => resume)).toEqual(['RESUME_GAP', undefined, undefined]);
  });

  it('of an object that has become somebody else’s is not found', async () => {
    const { say, open } = bench();
    say(1);
    const { eventId } = (await (await open()).pull()) as SourceEvent;
    say(2);
    say(3, { watchers: ['u2'] });
    const again = await open({ lastEventId: eventId ?? '' });
    await expect(again.pull()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is refused with an id of another subject or workspace, or of nobody', async () => {
    const { say, open } = bench();
    say(1);
    const { eventId } = (await (await open()).pull()) as SourceEvent;
    const lastEventId = eventId ?? '';
    const refusal = { code: 'BAD_INPUT' };
    await expect(open({ lastEventId, subject: 'evt.*.w1.task.x.changed' })).rejects.toMatchObject(refusal);
    const foreign = { ...viewer, workspaceId: 'w2' };
    await expect(open({ lastEventId, viewer: foreign })).rejects.toMatchObject(refusal);
    await expect(open({ lastEventId: `${lastEventId.slice(0, -4)}AAAA` })).rejects.toMatchObject(refusal);
    await expect(open({ lastEventId: 'nonsense' })).rejects.toMatchObject(refusal);
  });
});
