import { until } from '@hoerok/shared/testing';
import { register, type Session } from '../stack/session.ts';
import { foundWorkspace, schedule, transcribe, writeTodo } from '../subscriptions/meeting-together.ts';

/** What ids are of. */
export const KINDS = [
  'ActionItem',
  'ApiKey',
  'Meeting',
  'MeetingTemplate',
  'Minutes',
  'Notification',
  'Participant',
  'Speaker',
  'Task',
  'Todo',
  'Transcript',
  'TranscriptSection',
  'TranscriptSegment',
  'Upload',
  'User',
] as const;

/** What an id is of. */
export type Kind = (typeof KINDS)[number];

/** One object of each kind. */
export type Objects = Readonly<Record<Kind, string>>;

/** People with different rights on the same objects. */
export interface World {
  /** A MEMBER who called the meeting that everything hangs on. */
  readonly organizer: Session;
  /** A MEMBER who takes part in it. */
  readonly participant: Session;
  /** A MEMBER of the same workspace who does not. */
  readonly colleague: Session;
  /** The ADMIN of another workspace. */
  readonly stranger: Session;
  /** A GUEST who takes part in it. */
  readonly guest: Session;
  /** The organizer's objects: nobody else's but the participants' of the meeting, where they belong to it. */
  readonly theirs: Objects;
  /** Objects of the colleague and of the stranger. */
  readonly own: Readonly<Record<'colleague' | 'stranger', Objects>>;
}

const READ = `query ($id: ID!) { meeting(id: $id) {
  transcript { id speakers { id } sections(first: 1) { edges { node { id segments(first: 1) { edges { node { id } } } } } } }
  minutes { id actionItems { id } } tasks(first: 1) { edges { node { id } } } } }`;
const UPLOAD = `mutation ($meetingId: ID!) { createUpload(meetingId: $meetingId, filename: "a.vtt", mimeType: "text/vtt", bytes: 100) {
  ticket { uploadId } userErrors { code } } }`;
const TEMPLATE = `mutation ($id: ID!) { saveTemplate(name: "Ours", fromMeetingId: $id) { template { id } userErrors { code } } }`;
const KEY = `mutation { createApiKey(name: "key", scopes: [READ]) { apiKey { id } userErrors { code } } }`;
const INBOX = `{ viewer { notifications(first: 1) { edges { node { id } } } } }`;

interface Page<Node> {
  readonly edges: readonly { readonly node: Node }[];
}
type Named = { readonly id: string };
interface MeetingPage {
  readonly transcript: Named & {
    readonly speakers: readonly Named[];
    readonly sections: Page<Named & { readonly segments: Page<Named> }>;
  };
  readonly minutes: (Named & { readonly actionItems: readonly Named[] }) | null;
  readonly tasks: Page<Named>;
}

/** Founds two workspaces and fills them through the gateway. */
export async function createWorld(): Promise<World> {
  const { join } = await foundWorkspace('Founder');
  const [organizer, participant, colleague] = [
    await join('Organizer'),
    await join('Participant'),
    await join('Colleague'),
  ];
  const guest = await join('Guest', 'GUEST');
  const stranger = await register('Stranger');
  const [theirs, colleagues, strangers] = await Promise.all([
    objectsOf(organizer, participant, guest),
    objectsOf(colleague),
    objectsOf(stranger),
  ]);
  const own = { colleague: colleagues, stranger: strangers };
  return { organizer, participant, colleague, stranger, guest, theirs, own };
}

async function objectsOf(owner: Session, ...others: readonly Session[]): Promise<Objects> {
  const meeting = await schedule(owner, ...others);
  const [section] = await transcribe(owner, meeting.id);
  const page = await until(
    'there are minutes',
    async () => {
      const found = (await owner.data(READ, { id: meeting.id }))['meeting'] as MeetingPage;
      return found.minutes === null ? undefined : found;
    },
    { deadlineMs: 60_000 },
  );
  const [segment] = page.transcript.sections.edges[0]?.node.segments.edges ?? [];
  const upload = await first<{ ticket: { uploadId: string } }>(owner, UPLOAD, { meetingId: meeting.id });
  const template = await first<{ template: Named }>(owner, TEMPLATE, { id: meeting.id });
  const { apiKey } = await first<{ apiKey: Named }>(owner, KEY);
  const notification = await until('there is a notification', async () => {
    const { viewer } = (await owner.data(INBOX)) as { viewer: { notifications: Page<Named> } };
    return viewer.notifications.edges[0]?.node.id;
  });
  return {
    ActionItem: idOf(page.minutes?.actionItems[0]),
    ApiKey: idOf(apiKey),
    Meeting: meeting.id,
    MeetingTemplate: idOf(template.template),
    Minutes: idOf(page.minutes),
    Notification: notification,
    Participant: meeting.participantOf(owner),
    Speaker: idOf(page.transcript.speakers[0]),
    Task: idOf(page.tasks.edges[0]?.node),
    Todo: await writeTodo(owner, { meetingId: meeting.id }),
    Transcript: idOf(page.transcript),
    TranscriptSection: idOf(section),
    TranscriptSegment: idOf(segment?.node),
    Upload: upload.ticket.uploadId,
    User: owner.userId,
  };
}

async function first<Payload>(who: Session, document: string, variables: object = {}): Promise<Payload> {
  const [payload] = Object.values(await who.data(document, variables));
  return payload as Payload;
}

function idOf(object: Named | null | undefined): string {
  if (object === null || object === undefined) throw new Error('an object of the world is missing');
  return object.id;
}
