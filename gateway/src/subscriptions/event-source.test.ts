import { describe, expect, it } from 'vitest';
import {
  bench,
  notes,
  numbers,
  pullAll,
  revisions,
  seen,
  state,
  subjectOf,
  tasks,
  viewer,
} from '../../test/fixture-source.ts';
import type { SourceEvent } from './event-source.ts';
import { compileSubject } from './subject-template.ts';

describe('an event source', () => {
  it('gives the snapshot first, then what came meanwhile, each once', async () => {
    const { streams, say, open } = bench();
    say(1);
    say(2);
    streams.beforeRead = () => {
      streams.beforeRead = null;
      say(3);
      say(4);
    };
    const source = await open();
    const first = await source.pull();
    expect(first?.delivery).toBe('snapshot');
    const from = Number(first?.payload['revision']);
    const rest = await pullAll(source, 4 - from);
    say(4);
    say(5);
    expect([...revisions(rest), ...seen(await source.pull())]).toEqual([...numbers(from + 1, 5), 'live']);
  });

  it('drops a repeated publication by its revision', async () => {
    const { say, open } = bench();
    say(2);
    const source = await open();
    expect(seen(await source.pull())).toEqual([2, 'snapshot']);
    say(2);
    say(3);
    expect(seen(await source.pull())).toEqual([3, 'live']);
  });

  it('takes the newest revision when several streams hold the subject', async () => {
    const { streams, say, open } = bench();
    streams.publish(subjectOf('t', 'other'), state(5));
    say(4);
    expect(seen(await (await open()).pull())).toEqual([5, 'snapshot']);
  });

  it('ends by itself after the last word and lets go of the subject', async () => {
    const { streams, say, open } = bench();
    say(1);
    const source = await open();
    await source.pull();
    say(2, { status: 'DONE' });
    say(3);
    expect(seen(await source.pull())).toEqual([2, 'live']);
    expect(streams.hub.interest()).toBe(0);
    expect(await source.pull()).toBeNull();
  });

  it('answers an object of others as if it did not exist', async () => {
    const { streams, say, open } = bench();
    say(1, { watchers: ['u2'] });
    await expect((await open()).pull()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(streams.hub.interest()).toBe(0);
  });

  it('ends with the message that no longer lists the viewer, and shows nothing after it', async () => {
    const { say, open } = bench();
    say(1);
    const source = await open();
    await source.pull();
    say(2, { watchers: ['u2'] });
    say(3);
    await expect(source.pull()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await source.pull()).toBeNull();
  });

  it.each([
    ['shows one who has just been listed what comes, whatever came before', ['u2'], ['u1'], 'shown'],
    ['shows one who has just been left out nothing, whatever came before', ['u1'], ['u2'], 'refused'],
  ])('%s', async (_what, first, second, outcome) => {
    const { streams, say, open } = bench();
    say(1);
    streams.beforeRead = () => {
      streams.beforeRead = null;
      say(2, { watchers: first });
      say(3, { watchers: second });
    };
    const source = await open();
    if (outcome === 'refused') await expect(pullAll(source, 3)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    else expect(revisions(await pullAll(source, 1))).toEqual([3]);
    source.close();
  });

  it('shows everything of the workspace to the roles that may see it', async () => {
    const { say, open } = bench();
    say(1, { watchers: [] });
    const source = await open({ viewer: { ...viewer, role: 'ADMIN' } });
    expect(seen(await source.pull())).toEqual([1, 'snapshot']);
  });

  it('about many objects passes over those of others', async () => {
    const { say, open } = bench();
    const source = await open({ field: tasks });
    say(1, { watchers: ['u2'] });
    say(2);
    expect(seen(await source.pull())).toEqual([2, 'live']);
  });

  it('asks the graph for an object that no stream knows any more', async () => {
    const readObject = async () => state(7, { status: 'DONE' });
    const source = await bench().open({ readObject });
    expect(seen(await source.pull())).toEqual([7, 'snapshot']);
    expect(await source.pull()).toBeNull();
  });

  it('says not found when neither streams nor graph know the object and nothing happens', async () => {
    const source = await bench().open({ readObject: async () => null });
    await expect(source.pull()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('starts with the first live event of an object that nobody knew yet', async () => {
    const { say, open } = bench();
    const source = await open({ readObject: async () => null });
    const first = source.pull();
    say(1);
    expect(seen(await first)[0]).toBe(1);
    const next = source.pull();
    say(2);
    expect(seen(await next)).toEqual([2, 'live']);
  });

  it('is released at once when it is closed, also while a pull waits', async () => {
    const { streams, say, open } = bench();
    say(1);
    const source = await open();
    await source.pull();
    const waiting = source.pull();
    source.close();
    expect(streams.hub.interest()).toBe(0);
    expect(await waiting).toBeNull();
  });
});

describe('a guarded stream', () => {
  const room = 'evt.rooms.w1.room.r';
  const note = (revision: number) => ({ __typename: 'Note', id: `n${revision}`, revision });
  const noteSubject = (revision: number) => `evt.notes.w1.note.n${revision}.changed`;

  it('lets in whom the last message lists, and nobody else', async () => {
    const { streams, open } = bench();
    await expect(open({ field: notes })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    streams.publish(`${room}.created`, { members: ['u2'] });
    await expect(open({ field: notes })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const admin = await open({ field: notes, viewer: { ...viewer, role: 'ADMIN' } });
    admin.close();
    streams.publish(`${room}.updated`, { members: ['u1', 'u2'] });
    const source = await open({ field: notes });
    streams.publish(noteSubject(1), note(1));
    expect(seen(await source.pull())).toEqual([1, 'live']);
    source.close();
    expect(streams.hub.interest()).toBe(0);
  });

  it('believes an old message by the field it has, and a new one by the field that took its place', async () => {
    const { streams, open } = bench();
    const guard = notes.guard && { ...notes.guard, audience: ['audience'], otherwise: ['members'] };
    const field = { ...notes, guard };
    streams.publish(`${room}.created`, { members: ['u1'] });
    (await open({ field })).close();
    streams.publish(`${room}.updated`, { members: ['u1'], audience: [] });
    await expect(open({ field })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    streams.publish(`${room}.updated`, { members: [], audience: ['u1'] });
    (await open({ field })).close();
  });

  it('waits a moment for an object that was made just now', async () => {
    const { streams, open } = bench();
    const opening = open({ field: notes }, { graceMs: 5_000 });
    await expect.poll(() => streams.hub.interest()).toBe(1);
    streams.publish(`${room}.created`, { members: ['u1'] });
    (await opening).close();
  });

  it('ends at once for a viewer who is no longer listed, and tells nothing more', async () => {
    const { streams, open } = bench();
    streams.publish(`${room}.created`, { members: ['u1'] });
    const source = await open({ field: notes });
    const waiting = source.pull();
    streams.publish(`${room}.updated`, { members: [] });
    streams.publish(noteSubject(1), note(1));
    await expect(waiting).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(streams.hub.interest()).toBe(0);
  });

  it('drops what a slow reader has not got yet when it is no longer listed', async () => {
    const { streams, open } = bench();
    streams.publish(`${room}.created`, { members: ['u1'] });
    const source = await open({ field: notes });
    for (const revision of numbers(1, 100)) streams.publish(noteSubject(revision), note(revision));
    await source.pull();
    streams.publish(`${room}.updated`, { members: [] });
    await expect(source.pull()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('completes after its last event when what it is about is deleted', async () => {
    const { streams, open } = bench();
    const own = { ...notes, subject: compileSubject('evt.rooms.{workspace}.room.{args.room}.*') };
    streams.publish(`${room}.created`, { members: ['u1'], revision: 1 });
    const source = await open({ field: own });
    for (const revision of numbers(2, 100)) {
      streams.publish(`${room}.updated`, { members: ['u1'], revision });
    }
    streams.publish(`${room}.deleted`, { revision: 101 });
    expect(revisions(await pullAll(source, 200))).toEqual(numbers(2, 101));
    await expect(open({ field: own })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not resumed by a viewer who is no longer listed', async () => {
    const { streams, open } = bench();
    streams.publish(`${room}.created`, { members: ['u1'] });
    const source = await open({ field: notes });
    streams.publish(noteSubject(1), note(1));
    const { eventId } = (await source.pull()) as SourceEvent;
    source.close();
    streams.publish(noteSubject(2), note(2));
    streams.publish(`${room}.updated`, { members: [] });
    const again = open({ field: notes, lastEventId: eventId ?? '' });
    await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
