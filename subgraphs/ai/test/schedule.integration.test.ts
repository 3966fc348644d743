import type { UserViewer } from '@hoerok/shared/auth';
import { minutesChanged, sectionChanged } from '@hoerok/shared/contracts';
import { answerSubscription, publishEvent, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aiService } from '../src/service.ts';
import { colleagueOf, type ImportedMeeting, type Scene, startScene } from './ai-scene.ts';

const SCHEDULE = `schedule { __typename id text origin review revision title startsAt endsAt allDay attendees { id } icalUid
  meeting { id } evidence { segment { id } quote stale segmentRevision } }`;
const GENERATE = `mutation ($input: GenerateScheduleInput!) {
  generateSchedule(input: $input) { task { id kind status } userErrors { code path } } }`;
const REVIEW_ITEMS = `mutation ($input: [ReviewItemInput!]!) { reviewItems(input: $input) {
  items { __typename id review revision text ... on ScheduleSuggestion { title startsAt endsAt allDay icalUid } }
  userErrors { code message path } } }`;
const WATCH = `subscription { minutesUpdates(meetingId: "m") {
  __typename change minutes { id } itemIds actor { id } } }`;

interface Suggestion {
  readonly id: string;
  readonly icalUid: string;
  readonly startsAt: string;
  readonly review: string;
  readonly evidence: readonly {
    readonly quote: string;
    readonly stale: boolean;
    readonly segment: { id: string };
  }[];
}

interface Reviewed {
  readonly items: readonly { readonly id: string; readonly [field: string]: unknown }[];
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[];
}

describe('the schedule of minutes', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const scheduleOf = async ({ held, organizer }: ImportedMeeting): Promise<Suggestion[]> =>
    (await scene.minutesOf(held, organizer, SCHEDULE))['schedule'] as Suggestion[];
  const mutate = async <T>(viewer: UserViewer, document: string, variables: object): Promise<T> => {
    const { data, errors } = await scene.test.execute(viewer, document, variables);
    expect(errors).toBeUndefined();
    return Object.values(data ?? {})[0] as T;
  };
  const review = (viewer: UserViewer, input: readonly object[]): Promise<Reviewed> =>
    mutate(viewer, REVIEW_ITEMS, { input });
  const generate = async (imported: ImportedMeeting): Promise<void> => {
    const input = { transcriptId: imported.held.transcriptId };
    const { task } = await mutate<{ task: { id: string; kind: string } }>(imported.organizer, GENERATE, {
      input,
    });
    expect(task.kind).toBe('SCHEDULE');
    const ended = await until('the task has ended', () =>
      scene
        .snapshots(imported.held.id)
        .find(({ id, status }) => id === task.id && ['COMPLETED', 'FAILED'].includes(status)),
    );
    expect(ended.status).toBe('COMPLETED');
  };
  const updates = ({ held }: ImportedMeeting): Record<string, unknown>[] =>
    scene.events
      .filter(({ type }) => type === minutesChanged.type)
      .map(({ payload }) => minutesChanged.schema.parse(payload))
      .filter(({ meetingId }) => meetingId === held.id);

  it('holds what was agreed, with the words, in the time zone of the meeting, for who takes part', async () => {
    const imported = await scene.imported();
    const [found, ...others] = await scheduleOf(imported);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      __typename: 'ScheduleSuggestion',
      startsAt: '2026-03-11T01:00:00.000Z',
      endsAt: null,
      allDay: false,
      review: 'SUGGESTED',
      origin: 'EXTRACTIVE_LOCAL',
      attendees: [{ id: imported.organizer.userId }],
      meeting: { id: imported.held.id },
      icalUid: expect.stringMatching(/^[0-9a-f]{32}@hoerok$/),
    });
    expect(found?.evidence[0]?.quote).toContain('3월 11일 오전 10시');
  });

  it('is looked for again on request: what somebody decided stays, suggestions are replaced, identities stay', async () => {
    const imported = await scene.imported();
    const [before] = await scheduleOf(imported);
    await generate(imported);
    const [again] = await scheduleOf(imported);
    expect(again).toMatchObject({ icalUid: before?.icalUid, review: 'SUGGESTED' });
    expect(again?.id).not.toBe(before?.id);
    await review(imported.organizer, [{ itemId: again?.id, review: 'ACCEPTED' }]);
    await generate(imported);
    expect(await scheduleOf(imported)).toMatchObject([{ id: again?.id, review: 'ACCEPTED' }]);
  });

  it('is looked for only by who sees the meeting, and only where there are minutes', async () => {
    const { held, organizer } = await scene.imported();
    const ask = (viewer: UserViewer, transcriptId: string): Promise<unknown> =>
      mutate(viewer, GENERATE, { input: { transcriptId } });
    const refused = (code: string): object => ({
      task: null,
      userErrors: [{ code, path: ['transcriptId'] }],
    });
    expect(await ask(colleagueOf(organizer), held.transcriptId)).toEqual(refused('NOT_FOUND'));
    expect(await ask(testViewer(), held.transcriptId)).toEqual(refused('NOT_FOUND'));
    const silent = scene.hold('ko-dev-2', organizer);
    expect(await ask(organizer, silent.transcriptId)).toEqual(refused('WRONG_STATE'));
  });

  it('can be corrected: moved as long as it was, ended, titled; never by what does not fit', async () => {
    const imported = await scene.imported();
    const { organizer, minutes } = imported;
    const [found] = await scheduleOf(imported);
    const edited = { itemId: found?.id, review: 'EDITED', text: '출시 점검' };
    const end = '2026-03-11T02:00:00.000Z';
    expect(await review(organizer, [{ ...edited, endsAt: end }])).toMatchObject({
      items: [{ title: '출시 점검', startsAt: found?.startsAt, endsAt: end }],
    });
    expect(await review(organizer, [{ ...edited, startsAt: '2026-03-12T05:00:00.000Z' }])).toMatchObject({
      items: [
        { startsAt: '2026-03-12T05:00:00.000Z', endsAt: '2026-03-12T06:00:00.000Z', icalUid: found?.icalUid },
      ],
    });
    const wrong: [object, string][] = [
      [{ ...edited, endsAt: '2026-03-12T05:00:00.000Z' }, 'endsAt'],
      [{ itemId: found?.id, review: 'REJECTED', startsAt: end }, 'startsAt'],
      [{ itemId: minutes.points[0]?.id, review: 'ACCEPTED', startsAt: end }, 'startsAt'],
      [{ itemId: found?.id, review: 'ACCEPTED', dueAt: end }, 'dueAt'],
    ];
    for (const [input, argument] of wrong)
      expect(await review(organizer, [input])).toMatchObject({
        items: [],
        userErrors: [{ code: 'BAD_INPUT', path: ['input', '0', argument] }],
      });
  });

  it('and all other kinds are decided on at once, all or none', async () => {
    const imported = await scene.imported();
    const { organizer, minutes } = imported;
    const [appointment] = await scheduleOf(imported);
    const ids = [
      minutes.points[0]?.id,
      minutes.decisions[0]?.id,
      minutes.openQuestions[0]?.id,
      minutes.actionItems[0]?.id,
      appointment?.id,
    ];
    const all = (over: object): object[] => ids.map((itemId) => ({ itemId, ...over }));
    const stale = all({ review: 'REJECTED' }).map((one, at) =>
      at === 3 ? { ...one, expectedRevision: 9 } : one,
    );
    expect(await review(organizer, stale)).toMatchObject({
      items: [],
      userErrors: [{ code: 'CONFLICT', path: ['input', '3', 'expectedRevision'] }],
    });
    const states = ['REJECTED', 'ACCEPTED'].map((state) => ({ review: state }));
    for (const [round, state] of [...states, { review: 'EDITED', text: 'As we said.' }].entries()) {
      const answer = await review(organizer, all(state));
      expect(answer.userErrors).toEqual([]);
      expect(answer.items.map(({ id }) => id)).toEqual(ids);
      for (const item of answer.items) expect(item).toMatchObject({ ...state, revision: round + 2 });
    }
    const [one, two] = all({ review: 'REJECTED' });
    expect(await review(organizer, [one ?? {}, two ?? {}, one ?? {}])).toMatchObject({
      userErrors: [{ code: 'BAD_INPUT', path: ['input', '2', 'itemId'] }],
    });
    expect(await review(colleagueOf(organizer), all({ review: 'REJECTED' }))).toMatchObject({
      items: [],
      userErrors: [{ code: 'NOT_FOUND', path: ['input', '0', 'itemId'] }],
    });
    const many = Array.from({ length: 101 }, (_, at) => ({ itemId: `i${at}`, review: 'ACCEPTED' }));
    expect(await review(organizer, many)).toMatchObject({
      userErrors: [{ code: 'BAD_INPUT', path: ['input'] }],
    });
  });

  it('is live: new minutes, decisions and searches answer the subscription', async () => {
    const imported = await scene.imported();
    const { organizer, minutes } = imported;
    const itemIds = [minutes.points[0]?.id ?? '', minutes.decisions[0]?.id ?? ''];
    await review(
      organizer,
      itemIds.map((itemId) => ({ itemId, review: 'ACCEPTED' })),
    );
    // Repeating a decision tells nothing.
    await review(
      organizer,
      itemIds.map((itemId) => ({ itemId, review: 'ACCEPTED' })),
    );
    await generate(imported);
    const [found] = await scheduleOf(imported);
    const told = await until('all three are told', () => {
      const events = updates(imported);
      return events.length >= 3 ? events : undefined;
    });
    const field = 'minutesUpdates';
    const answers = told.map((payload) => answerSubscription(aiService.schema, WATCH, { field, payload }));
    const update = (change: string, items: unknown[]): object => {
      const actor = { id: organizer.userId };
      return { __typename: 'MinutesUpdate', change, minutes: { id: minutes.id }, itemIds: items, actor };
    };
    expect(await Promise.all(answers)).toEqual([
      update('CREATED', []),
      update('REVIEWED', itemIds),
      update('SCHEDULED', [found?.id]),
    ]);
  });

  it('says of evidence whether its segment was edited since', async () => {
    const imported = await scene.imported();
    const { held } = imported;
    const [found] = await scheduleOf(imported);
    const [evidence] = found?.evidence ?? [];
    expect(evidence?.stale).toBe(false);
    const segmentId = evidence?.segment.id ?? '';
    const edit = async (revision: number, id: string): Promise<void> =>
      publishEvent(scene.test.namespace, sectionChanged, {
        workspaceId: held.workspaceId,
        aggregateId: 'section-1',
        payload: {
          __typename: 'TranscriptSection',
          id: 'section-1',
          transcriptId: held.transcriptId,
          meetingId: held.id,
          revision,
          transcriptRevision: revision,
          state: 'UNVERIFIED',
          change: 'EDITED',
          editedSegments: [{ id, revision }],
        },
      });
    await edit(1, segmentId);
    await edit(2, 'another segment');
    const outdated = async (): Promise<boolean> =>
      (await scene.minutesOf(held, imported.organizer, 'outdated'))['outdated'] === true;
    await until('the edits are heard of', async () => ((await outdated()) ? true : undefined));
    expect((await scheduleOf(imported))[0]?.evidence[0]?.stale).toBe(false);
    await edit(3, segmentId);
    await until('its edit is heard of', async () =>
      (await scheduleOf(imported))[0]?.evidence[0]?.stale === true ? true : undefined,
    );
  });
});
