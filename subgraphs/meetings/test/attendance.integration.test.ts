import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colleague, organizer, reader, type Scene, startScene, stranger } from './sharing-scene.ts';

const PEOPLE = `meeting { revision participants(first: 9) { edges { node {
  user { id } attendance recordingConsent joinedAt leftAt } } } } userErrors { code path }`;
const STEP = (name: string): string => `mutation ($id: ID!) { ${name}(id: $id) { ${PEOPLE} } }`;
const RESPOND = `mutation ($id: ID!, $accept: Boolean!) { respondToInvitation(meetingId: $id, accept: $accept) { ${PEOPLE} } }`;
const AT = (name: string): string => `mutation ($id: ID!) { ${name}(meetingId: $id) { ${PEOPLE} } }`;
const CONSENT = `mutation ($id: ID!, $consent: ConsentState!) { giveRecordingConsent(meetingId: $id, consent: $consent) { ${PEOPLE} } }`;
const SET = `mutation ($id: ID!, $who: ID!, $state: AttendanceState!) {
  setAttendance(meetingId: $id, participantId: $who, state: $state) { ${PEOPLE} } }`;

interface Person {
  readonly user: { readonly id: string };
  readonly attendance: string;
  readonly recordingConsent: string;
  readonly joinedAt: string | null;
  readonly leftAt: string | null;
}

interface Payload {
  readonly meeting: {
    readonly revision: number;
    readonly participants: { edges: { node: Person }[] };
  } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

describe('attendance and consent', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const run = async (viewer: typeof organizer, document: string, variables: object): Promise<Payload> =>
    Object.values(await scene.data(viewer, document, variables))[0] as Payload;
  const personIn = ({ meeting }: Payload, { userId }: { userId: string }): Person | undefined =>
    meeting?.participants.edges.find(({ node }) => node.user.id === userId)?.node;

  it('begins with invitations, which those invited answer, the organizer coming anyway', async () => {
    const { id } = await scene.hold();
    const accepted = await run(colleague, RESPOND, { id, accept: true });
    expect(personIn(accepted, colleague)).toMatchObject({ attendance: 'ACCEPTED', joinedAt: null });
    expect(personIn(accepted, organizer)).toMatchObject({ attendance: 'ACCEPTED' });
    const again = await run(colleague, RESPOND, { id, accept: true });
    expect(again.meeting?.revision).toBe(accepted.meeting?.revision);
    const declined = await run(colleague, RESPOND, { id, accept: false });
    expect(personIn(declined, colleague)).toMatchObject({ attendance: 'DECLINED' });
  });

  it('notes who joins and leaves while the meeting lasts, and tells of it', async () => {
    const { id } = await scene.hold();
    expect((await run(colleague, AT('joinMeeting'), { id })).userErrors).toMatchObject([
      { code: 'WRONG_STATE' },
    ]);
    await run(organizer, STEP('startMeeting'), { id });
    const joined = personIn(await run(colleague, AT('joinMeeting'), { id }), colleague);
    expect(joined).toMatchObject({ attendance: 'PRESENT', leftAt: null });
    expect(joined?.joinedAt).not.toBeNull();
    const left = personIn(await run(colleague, AT('leaveMeeting'), { id }), colleague);
    expect(left).toMatchObject({ attendance: 'PRESENT', joinedAt: joined?.joinedAt });
    expect(left?.leftAt).not.toBeNull();
    expect(await scene.told('meeting', id, 4)).toMatchObject([
      { kind: 'CREATED', presentUserIds: [] },
      { kind: 'STARTED' },
      { kind: 'PARTICIPANT_JOINED', presentUserIds: [colleague.userId] },
      { kind: 'PARTICIPANT_LEFT', presentUserIds: [] },
    ]);
  });

  it('counts at the end as present who never answered, and lets the organizer correct it', async () => {
    const { id, participants } = await scene.hold();
    await run(organizer, STEP('startMeeting'), { id });
    const ended = await run(organizer, STEP('endMeeting'), { id });
    expect(personIn(ended, colleague)).toMatchObject({ attendance: 'PRESENT' });
    const who = participants.get(colleague.userId);
    const corrected = await run(organizer, SET, { id, who, state: 'ABSENT' });
    expect(personIn(corrected, colleague)).toMatchObject({ attendance: 'ABSENT' });
    const events = await scene.told('meeting', id, 4);
    expect(events).toMatchObject([
      {},
      {},
      { kind: 'ENDED', presentUserIds: [organizer.userId, colleague.userId] },
      { kind: 'UPDATED', presentUserIds: [organizer.userId] },
    ]);
    const refused = await run(colleague, SET, { id, who, state: 'PRESENT' });
    expect(refused.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const unknown = await run(organizer, SET, { id, who: 'nobody', state: 'PRESENT' });
    expect(unknown.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('asks each participant whether they may be recorded, and tells what they said', async () => {
    const { id } = await scene.hold();
    const given = await run(colleague, CONSENT, { id, consent: 'GIVEN' });
    expect(personIn(given, colleague)).toMatchObject({ recordingConsent: 'GIVEN' });
    expect(personIn(given, organizer)).toMatchObject({ recordingConsent: 'UNASKED' });
    await run(colleague, CONSENT, { id, consent: 'REFUSED' });
    const unasked = await run(colleague, CONSENT, { id, consent: 'UNASKED' });
    expect(unasked.userErrors).toMatchObject([{ code: 'BAD_INPUT', path: ['consent'] }]);
    const [, , told] = await scene.told('meeting', id, 3);
    expect(told).toMatchObject({
      recordingConsents: [
        { userId: organizer.userId, state: 'UNASKED' },
        { userId: colleague.userId, state: 'REFUSED' },
      ],
    });
  });

  it('is a matter of who takes part: FORBIDDEN for who it is shared with, NOT_FOUND for others', async () => {
    const { id } = await scene.hold();
    const input = { meetingId: id, userId: reader.userId, access: 'VERIFY' };
    await scene.shares('shareMeeting', { input });
    for (const document of [RESPOND, CONSENT, AT('joinMeeting')]) {
      const variables = { id, accept: true, consent: 'GIVEN' };
      expect((await run(reader, document, variables)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
      expect((await run(stranger, document, variables)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
  });
});
