import { testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Payload, startTranscripts, type TestTranscripts } from './transcripts-service.ts';
import { EDIT, importScene, monologue } from './verification-scene.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const pia = testViewer({ workspaceId });
const participantUserIds = [organizer.userId, pia.userId];

const VALIDATE = `mutation ($id: ID!) { validateTranscript(id: $id) { task { id kind status } userErrors { code path } } }`;
const RESULT = `query ($r: [_Any!]!, $first: Int, $after: String, $language: String) { _entities(representations: $r) { ... on Task {
  status progress transcript { id } validation { checkedSegments transcriptRevision foundTotal
    findings(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
      edges { node { rule message(language: $language) segment { seq text } } } } } } } }`;

interface TaskAnswer {
  readonly validation: {
    readonly checkedSegments: number;
    readonly foundTotal: number;
    readonly findings: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      readonly edges: readonly {
        readonly node: {
          readonly rule: string;
          readonly message: string;
          readonly segment: { readonly seq: number };
        };
      }[];
    };
  } | null;
}

const FAULTY = `WEBVTT

00:00:00.000 --> 00:00:05.000
<v Dana Lee>Good morning everybody, let us begin.</v>

00:00:05.000 --> 00:00:05.500
<v Dana Lee>The contract has to be with the customer by the end of next week.</v>

00:02:00.000 --> 00:02:04.000
<v Speaker 2>I will take care of that.</v>

00:02:05.000 --> 00:02:08.000
<v Speaker 2>[music]</v>
`;

describe('the validation of a transcript', () => {
  let service: TestTranscripts;
  beforeAll(async () => {
    service = await startTranscripts();
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const order = (id: string, viewer = organizer): Promise<Payload> => service.run(viewer, VALIDATE, { id });
  const read = async (taskId: string, extra: object = {}, viewer = organizer): Promise<TaskAnswer> => {
    const r = [{ __typename: 'Task', id: taskId }];
    const [task] = await service.run<TaskAnswer[]>(viewer, RESULT, { r, first: 50, ...extra });
    if (task === undefined) throw new Error('The task is not there.');
    return task;
  };
  const validated = async (id: string, viewer = organizer): Promise<string> => {
    const { task, userErrors } = await order(id, viewer);
    expect(userErrors).toEqual([]);
    expect(await service.ended(viewer, task?.id ?? '')).toMatchObject({ status: 'COMPLETED', progress: 1 });
    return task?.id ?? '';
  };

  it('is a task that finds what looks wrong, in the order of the meeting and in either language', async () => {
    const { id } = await importScene(service, organizer, {
      meeting: { participantUserIds },
      captions: FAULTY,
    });
    const { task } = await order(id);
    expect(task).toMatchObject({ kind: 'TRANSCRIPT_VALIDATION' });
    const taskId = await validated(id);
    const { validation } = await read(taskId);
    expect(validation).toMatchObject({ checkedSegments: 4, transcriptRevision: 1, foundTotal: 4 });
    expect(validation?.findings.edges.map(({ node }) => [node.segment.seq, node.rule])).toEqual([
      [1, 'TOO_FAST'],
      [2, 'GAP'],
      [2, 'UNKNOWN_SPEAKER'],
      [3, 'EMPTY'],
    ]);
    expect(validation?.findings.edges[1]?.node.message).toContain('115 seconds');
    const korean = await read(taskId, { language: 'ko' });
    expect(korean.validation?.findings.edges[1]?.node.message).toContain('115초');
    const page = await read(taskId, { first: 3 });
    expect(page.validation?.findings).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
    const after = page.validation?.findings.pageInfo.endCursor;
    expect((await read(taskId, { after })).validation?.findings.edges).toHaveLength(1);
  });

  it('is the same task for the same revision, and another one after an edit', async () => {
    const { id, sections, segments } = await importScene(service, organizer, { captions: monologue(5) });
    const taskId = await validated(id);
    expect((await read(taskId)).validation).toMatchObject({ checkedSegments: 5, foundTotal: 0 });
    expect(await validated(id)).toBe(taskId);
    const edits = [{ segmentId: segments[0]?.id, text: '...' }];
    await service.run(organizer, EDIT, { input: { sectionId: sections[0], baseRevision: 1, edits } });
    const again = await validated(id);
    expect(again).not.toBe(taskId);
    expect((await read(again)).validation?.findings.edges).toMatchObject([{ node: { rule: 'EMPTY' } }]);
  });

  it('looks at every segment of a long transcript', async () => {
    const { id } = await importScene(service, organizer, { captions: monologue(5_003) });
    expect((await read(await validated(id))).validation?.checkedSegments).toBe(5_003);
  });

  it('is ordered and read by those who take part only', async () => {
    const { id } = await importScene(service, organizer, {
      meeting: { participantUserIds },
      captions: FAULTY,
    });
    const codes = async (viewer: typeof organizer): Promise<unknown> =>
      (await order(id, viewer)).userErrors.map(({ code, path }) => [code, path?.join('.')]);
    expect(await codes(testViewer({ workspaceId }))).toEqual([['NOT_FOUND', 'id']]);
    expect(await codes(testViewer({ role: 'ADMIN' }))).toEqual([['NOT_FOUND', 'id']]);
    const taskId = await validated(id);
    expect((await read(taskId, {}, pia)).validation?.foundTotal).toBe(4);
    const bare = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Task { validation { foundTotal } } } }`;
    const r = [{ __typename: 'Task', id: taskId }];
    expect(await service.run(testViewer({ workspaceId }), bare, { r })).toEqual([{ validation: null }]);
  });
});
