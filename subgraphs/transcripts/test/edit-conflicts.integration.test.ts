import { testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTranscripts, type TestTranscripts } from './transcripts-service.ts';
import {
  EDIT,
  type EditAnswer,
  type Imported,
  importScene,
  monologue,
  sectionsOf,
  segmentsOf,
  VERIFY,
  type VerifyAnswer,
} from './verification-scene.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const pia = testViewer({ workspaceId });
const crowd = Array.from({ length: 50 }, () => testViewer({ workspaceId }));
const participantUserIds = [organizer, pia, ...crowd].map(({ userId }) => userId);

const HISTORY = `query ($r: [_Any!]!, $first: Int, $after: String) { _entities(representations: $r) { ... on TranscriptSegment {
  text originalText history(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node {
    revision sectionRevision textBefore textAfter autoMerged speakerBefore { id } speakerAfter { id } editor { id } at } } } } } }`;

interface History {
  readonly text: string;
  readonly originalText: string;
  readonly history: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly edges: readonly {
      readonly node: {
        readonly revision: number;
        readonly textBefore: string;
        readonly textAfter: string;
        readonly editor: { readonly id: string } | null;
        readonly [field: string]: unknown;
      };
    }[];
  };
}

describe('edits of a section by several people', () => {
  let service: TestTranscripts;
  beforeAll(async () => {
    service = await startTranscripts();
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const scene = (cues = 20): Promise<Imported> =>
    importScene(service, organizer, { meeting: { participantUserIds }, captions: monologue(cues) });
  const edit = (
    { sections }: Imported,
    baseRevision: number,
    edits: readonly object[],
    viewer = organizer,
  ): Promise<EditAnswer> =>
    service.run(viewer, EDIT, { input: { sectionId: sections[0], baseRevision, edits } });
  const historyOf = async (segmentId: string | undefined, page: object = {}): Promise<History> => {
    const r = [{ __typename: 'TranscriptSegment', id: segmentId }];
    const [segment] = await service.run<History[]>(organizer, HISTORY, { r, first: 100, ...page });
    if (segment === undefined) throw new Error('The segment is not there.');
    return segment;
  };

  it('are merged when they are of different segments', async () => {
    const imported = await scene();
    const [a, b] = imported.segments;
    const first = await edit(imported, 1, [{ segmentId: a?.id, text: 'One.' }], pia);
    expect(first).toMatchObject({
      autoMerged: false,
      conflict: null,
      section: { revision: 2 },
      userErrors: [],
    });
    const second = await edit(imported, 1, [{ segmentId: b?.id, text: 'Two.' }]);
    expect(second).toMatchObject({
      autoMerged: true,
      conflict: null,
      section: { revision: 3 },
      userErrors: [],
    });
    expect(second.section?.segments.edges.slice(0, 2).map(({ node }) => node)).toMatchObject([
      { text: 'One.', originalText: 'This is sentence 0.', revision: 2 },
      { text: 'Two.', originalText: 'This is sentence 1.', revision: 2 },
    ]);
    expect((await historyOf(b?.id)).history.edges).toMatchObject([
      { node: { revision: 2, sectionRevision: 3, autoMerged: true, editor: { id: organizer.userId } } },
    ]);
  });

  it('conflict when they are of the same segment: nothing is written, and all texts come back', async () => {
    const imported = await scene();
    const [a, b] = imported.segments;
    await edit(imported, 1, [{ segmentId: a?.id, text: 'What Pia heard.' }], pia);
    const refused = await edit(imported, 1, [
      { segmentId: b?.id, text: 'This one is free.' },
      { segmentId: a?.id, text: 'What the organizer heard.' },
    ]);
    expect(refused).toMatchObject({
      section: null,
      autoMerged: false,
      userErrors: [{ code: 'CONFLICT', path: ['baseRevision'] }],
      conflict: {
        baseRevision: 1,
        current: { id: imported.sections[0], revision: 2 },
        conflicts: [
          {
            segment: { id: a?.id, text: 'What Pia heard.' },
            baseText: 'This is sentence 0.',
            theirText: 'What Pia heard.',
            yourText: 'What the organizer heard.',
            theirEditor: { id: pia.userId },
          },
        ],
      },
    });
    expect((await segmentsOf(service, imported.id))[1]).toMatchObject({ text: b?.text, revision: 1 });
    // Resolved: on the revision that the conflict names the same edit is taken.
    const resolved = await edit(imported, refused.conflict?.current.revision ?? 0, [
      { segmentId: b?.id, text: 'This one is free.' },
      { segmentId: a?.id, text: 'What both heard.' },
    ]);
    expect(resolved).toMatchObject({ autoMerged: false, section: { revision: 3 }, userErrors: [] });
    expect((await historyOf(a?.id)).history.edges.map(({ node }) => node.textAfter)).toEqual([
      'What Pia heard.',
      'What both heard.',
    ]);
  });

  it('do not conflict when both want the same text', async () => {
    const imported = await scene();
    const [a] = imported.segments;
    await edit(imported, 1, [{ segmentId: a?.id, text: 'The same.' }], pia);
    const same = await edit(imported, 1, [{ segmentId: a?.id, text: ' The  same. ' }]);
    expect(same).toMatchObject({
      autoMerged: false,
      conflict: null,
      section: { revision: 2 },
      userErrors: [],
    });
  });

  it('change who speaks, with the sums of both speakers, and keep who was said to', async () => {
    const imported = await importScene(service, organizer, { meeting: { participantUserIds } });
    const [a] = imported.segments;
    const [dana, minjun] = imported.speakers;
    const sums = async (): Promise<object[]> =>
      await service.database.query(
        'SELECT talk_ms, words FROM speaker WHERE transcript_id = $1 ORDER BY position LIMIT 2',
        [imported.id],
      );
    expect(await sums()).toEqual([
      { talk_ms: 28_000, words: 42 },
      { talk_ms: 28_000, words: 42 },
    ]);
    const text = 'Seven words are more than six were.';
    const { section } = await edit(imported, 1, [{ segmentId: a?.id, text, speakerId: minjun?.id }]);
    expect(section?.segments.edges[0]?.node).toMatchObject({ text, speaker: { id: minjun?.id } });
    expect(await sums()).toEqual([
      { talk_ms: 24_000, words: 36 },
      { talk_ms: 32_000, words: 49 },
    ]);
    const nobody = await edit(imported, 2, [{ segmentId: a?.id, speakerId: null }]);
    expect(nobody.section?.segments.edges[0]?.node).toMatchObject({ text, speaker: null, revision: 3 });
    expect((await historyOf(a?.id)).history.edges.map(({ node }) => node)).toMatchObject([
      { speakerBefore: { id: dana?.id }, speakerAfter: { id: minjun?.id }, textAfter: text },
      { speakerBefore: { id: minjun?.id }, speakerAfter: null, textBefore: text, textAfter: text },
    ]);
    const late = await edit(imported, 1, [{ segmentId: a?.id, speakerId: minjun?.id }], pia);
    expect(late.conflict?.conflicts).toMatchObject([
      { baseSpeaker: { id: dana?.id }, theirSpeaker: null, yourSpeaker: { id: minjun?.id } },
    ]);
  });

  it('are refused that make no sense, and nothing is stored', async () => {
    const imported = await scene();
    const other = await scene();
    const [a] = imported.segments;
    const codes = async (baseRevision: number, edits: readonly object[]): Promise<unknown> =>
      (await edit(imported, baseRevision, edits)).userErrors.map(({ code, path }) => [code, path?.join('.')]);
    expect(await codes(2, [{ segmentId: a?.id, text: 'x' }])).toEqual([['BAD_INPUT', 'baseRevision']]);
    expect(await codes(0, [{ segmentId: a?.id, text: 'x' }])).toEqual([['BAD_INPUT', 'baseRevision']]);
    expect(await codes(1, [{ segmentId: a?.id }])).toEqual([['BAD_INPUT', 'edits.0']]);
    expect(await codes(1, [{ segmentId: a?.id, speakerId: other.speakers[0]?.id }])).toEqual([
      ['BAD_INPUT', 'edits.0.speakerId'],
    ]);
    expect(await codes(1, [{ segmentId: other.segments[0]?.id, text: 'x' }])).toEqual([
      ['BAD_INPUT', 'edits.0.segmentId'],
    ]);
    expect(await sectionsOf(service, imported.id)).toMatchObject([{ revision: 1 }]);
    expect((await historyOf(a?.id)).history.totalCount).toBe(0);
  });

  it('leave one winner per revision when fifty edit one segment at once, and give every loser both texts', async () => {
    const imported = await scene();
    const [a] = imported.segments;
    const answers = await Promise.all(
      crowd.map((viewer, place) =>
        edit(imported, 1, [{ segmentId: a?.id, text: `As number ${place} heard it.` }], viewer),
      ),
    );
    const winners = answers.flatMap((answer, place) => (answer.section === null ? [] : [place]));
    expect(winners).toHaveLength(1);
    const theirs = `As number ${winners[0]} heard it.`;
    for (const [place, { conflict }] of answers.entries()) {
      if (place === winners[0]) continue;
      expect(conflict).toMatchObject({
        current: { revision: 2 },
        conflicts: [
          {
            baseText: 'This is sentence 0.',
            theirText: theirs,
            yourText: `As number ${place} heard it.`,
            theirEditor: { id: crowd[winners[0] ?? 0]?.userId },
          },
        ],
      });
    }
    // Round by round every loser tries again on what the conflict named: one more wins each time.
    const second = await Promise.all(
      crowd.map((viewer, place) =>
        edit(imported, 2, [{ segmentId: a?.id, text: `Number ${place}, again.` }], viewer),
      ),
    );
    expect(second.filter(({ section }) => section !== null)).toHaveLength(1);
    const { history } = await historyOf(a?.id);
    expect(history.edges.map(({ node }) => node.revision)).toEqual([2, 3]);
    expect(await sectionsOf(service, imported.id)).toMatchObject([{ revision: 3 }]);
  });

  it('all succeed when fifty edit fifty segments at once', async () => {
    const imported = await scene(50);
    expect(imported.sections).toHaveLength(1);
    const answers = await Promise.all(
      crowd.map((viewer, place) =>
        edit(imported, 1, [{ segmentId: imported.segments[place]?.id, text: `Text of ${place}.` }], viewer),
      ),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(answers.filter(({ autoMerged }) => autoMerged)).toHaveLength(49);
    expect((await segmentsOf(service, imported.id)).map(({ text }) => text)).toEqual(
      crowd.map((_viewer, place) => `Text of ${place}.`),
    );
    expect(await sectionsOf(service, imported.id)).toMatchObject([{ revision: 51 }]);
  });

  it('take a verdict only on the revision that it names, whichever comes first', async () => {
    const imported = await scene();
    const [a] = imported.segments;
    const [verdict] = await Promise.all([
      service.run<VerifyAnswer>(pia, VERIFY, {
        sectionId: imported.sections[0],
        revision: 1,
        verdict: 'APPROVED',
      }),
      edit(imported, 1, [{ segmentId: a?.id, text: 'Edited meanwhile.' }]),
    ]);
    const later = await service.run<VerifyAnswer>(pia, VERIFY, {
      sectionId: imported.sections[0],
      revision: 2,
      verdict: 'APPROVED',
    });
    const stale = { verdict: 'APPROVED', revision: 1, stale: true, verifier: { id: pia.userId } };
    const fresh = { verdict: 'APPROVED', revision: 2, stale: false, verifier: { id: pia.userId } };
    if (verdict.userErrors.length === 0) expect(later.section?.['verifications']).toEqual([stale, fresh]);
    else {
      expect(verdict.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['revision'] }]);
      expect(later.section?.['verifications']).toEqual([fresh]);
    }
  });

  it('lose no text that was ever accepted, whatever their order and base', async () => {
    const imported = await scene(6);
    const accepted = imported.segments.map(({ text }) => [text]);
    const random = numbers(20_261);
    let revision = 1;
    for (let round = 0; round < 12; round += 1) {
      const wanted = Array.from({ length: 5 }, (_, writer) => {
        const places = [0, 1, 2, 3, 4, 5].filter(() => random() < 0.3);
        return {
          base: 1 + Math.floor(random() * revision),
          edits: places.map((place) => ({
            segmentId: imported.segments[place]?.id,
            text: random() < 0.2 ? 'A text that many want.' : `Round ${round}, writer ${writer}.`,
          })),
        };
      }).filter(({ edits }) => edits.length > 0);
      const answers = await Promise.all(wanted.map(({ base, edits }) => edit(imported, base, edits)));
      for (const [place, { section, conflict }] of answers.entries()) {
        const edits = wanted[place]?.edits ?? [];
        if (conflict === null) {
          revision = Math.max(revision, section?.revision ?? 0);
          for (const { segmentId, text } of edits)
            accepted[imported.segments.findIndex(({ id }) => id === segmentId)]?.push(text);
        }
        for (const { segment, yourText } of conflict?.conflicts ?? [])
          expect(edits).toContainEqual({ segmentId: segment.id, text: yourText });
      }
    }
    for (const [place, { id, text: original }] of imported.segments.entries()) {
      const { history, text, originalText } = await historyOf(id);
      const kept = history.edges.map(({ node }) => node);
      expect(originalText).toBe(original);
      // One unbroken chain from the imported text to the one that is there.
      expect(kept.map(({ textBefore }) => textBefore)).toEqual(
        [original, ...kept.map(({ textAfter }) => textAfter)].slice(0, -1),
      );
      expect([original, ...kept.map(({ textAfter }) => textAfter)].at(-1)).toBe(text);
      const all = new Set([original, ...kept.map(({ textAfter }) => textAfter)]);
      expect([...all]).toEqual(expect.arrayContaining(accepted[place] ?? []));
    }
  });

  it('are listed page by page, and of many segments with two queries', async () => {
    const imported = await scene();
    const [a] = imported.segments;
    for (let revision = 1; revision <= 5; revision += 1)
      await edit(imported, revision, [{ segmentId: a?.id, text: `Version ${revision}.` }]);
    const page = await historyOf(a?.id, { first: 2 });
    expect(page.history).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
    const next = await historyOf(a?.id, { first: 10, after: page.history.pageInfo.endCursor });
    expect(next.history.edges.map(({ node }) => node.revision)).toEqual([4, 5, 6]);
    const read = (first: number): Promise<unknown> =>
      service.run(
        organizer,
        'query ($id: ID!, $first: Int) { transcript(id: $id) { segments(first: $first) { edges { node { history { totalCount } } } } } }',
        { id: imported.id, first },
      );
    // What is asked for the first time may be kept for the second.
    for (const first of [1, 20]) await read(first);
    const few = await service.countReads(() => read(1));
    expect(await service.countReads(() => read(20))).toBe(few);
  });

  it('that were made before editors were noted still conflict with those on an older revision', async () => {
    const imported = await scene();
    const [a, b] = imported.segments;
    await edit(imported, 1, [{ segmentId: a?.id, text: 'Edited long ago.' }]);
    // What the migration leaves of such an edit.
    await service.database.query('UPDATE segment_edit SET editor_id = NULL WHERE segment_id = $1', [a?.id]);
    const refused = await edit(imported, 1, [{ segmentId: a?.id, text: 'Edited now.' }], pia);
    expect(refused.conflict?.conflicts).toMatchObject([{ theirText: 'Edited long ago.', theirEditor: null }]);
    expect(await edit(imported, 1, [{ segmentId: b?.id, text: 'Two.' }], pia)).toMatchObject({
      autoMerged: true,
    });
  });
});

/** Numbers from 0 to 1 that are the same in every run: mulberry32. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
