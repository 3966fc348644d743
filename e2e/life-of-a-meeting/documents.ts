// What the scenario asks, in its order, and the shapes of what it reads of the answers.
import { z } from 'zod';
import { nodesOf } from './steps.ts';

const id = z.object({ id: z.string() });

export const RESPOND = `mutation ($id: ID!) { respondToInvitation(meetingId: $id, accept: true) { userErrors { code } } }`;
export const CONSENT = `mutation ($id: ID!) { giveRecordingConsent(meetingId: $id, consent: GIVEN) { userErrors { code } } }`;
export const JOIN = `mutation ($id: ID!) { joinMeeting(meetingId: $id) { userErrors { code } } }`;
export const ATTENDANCE = `query ($id: ID!) { meeting(id: $id) { status
  participants(first: 9) { edges { node { attendance recordingConsent } } } } }`;

export const ticketShape = z.object({
  ticket: z.object({
    uploadId: z.string(),
    url: z.string(),
    method: z.string(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
});
export const taskShape = z.object({ task: id });
export const FOLLOW = `subscription ($id: ID!) { taskUpdated(id: $id) { status progress transcript { id } } }`;

export const ASSIGN = `mutation ($id: ID!, $userId: ID!) { assignSpeaker(speakerId: $id, userId: $userId) { userErrors { code } } }`;
export const SPLIT = `mutation ($id: ID!, $revision: Int!, $at: ID!) {
  splitSection(sectionId: $id, baseRevision: $revision, atSegmentId: $at) { userErrors { code } } }`;
export const LOCK = `mutation ($id: ID!) { lockTranscript(id: $id) { userErrors { code } } }`;

const ITEM = `{ id text evidence { quote stale startChar endChar segment { text } } }`;
export const MINUTES_UPDATES = `subscription ($meetingId: ID!) { minutesUpdates(meetingId: $meetingId) { change itemIds
  minutes { id overview extractive outdated fallbackReason { code message }
    decisions ${ITEM} actionItems ${ITEM} schedule ${ITEM} } } }`;
const item = id.extend({
  text: z.string(),
  evidence: z.array(
    z.object({
      quote: z.string(),
      stale: z.boolean(),
      startChar: z.number(),
      endChar: z.number(),
      segment: z.object({ text: z.string() }),
    }),
  ),
});
const minutes = z.looseObject({
  id: z.string(),
  decisions: z.array(item),
  actionItems: z.array(item),
  schedule: z.array(item),
});
export type Item = z.output<typeof item>;
export type Minutes = z.output<typeof minutes>;
export const minutesUpdateShape = z.object({ minutesUpdates: z.object({ minutes }) });
export const REVIEW = `mutation ($input: [ReviewItemInput!]!) { reviewItems(input: $input) { userErrors { code } } }`;
export const CALENDAR = `mutation { createCalendarFeed(label: "Calendar") { url } }`;

export const SHARE = `mutation ($id: ID!, $userId: ID, $email: String) {
  shareMeeting(input: { meetingId: $id, userId: $userId, email: $email, access: READ }) { share { id } url } }`;
export const shareShape = z.object({ share: id, url: z.string().nullable() });
export const OPEN = `mutation ($token: String!) { openShare(token: $token) { accessToken user { id email } } }`;
export const openedShape = z.object({ accessToken: z.string(), user: id.extend({ email: z.string() }) });
export const PAGE = `query ($id: ID!) { meeting(id: $id) { transcript { id } minutes { id } todos(first: 1) { totalCount } } }`;
export const pageShape = z
  .object({ transcript: id.nullable(), minutes: id.nullable(), todos: z.object({ totalCount: z.number() }) })
  .nullable();
export const WRITE_TODO = `mutation ($id: ID!) { createTodo(input: { title: "Mine", meetingId: $id }) { userErrors { code } } }`;
export const REVOKE = `mutation ($id: ID!) { revokeShare(shareId: $id) { userErrors { code } } }`;

export const SEARCH_SAID = `query ($text: String!) { searchTranscripts(text: $text) { edges { node { segment { text } } } } }`;
export const SEARCH_NOTED = `query ($text: String!) { searchMinutes(text: $text) { edges { node { item { text } } } } }`;

export const EXPORTS = `query ($id: ID!) { meeting(id: $id) { transcript { vtt: export(format: VTT) { url } }
  minutes { markdown: export(format: MARKDOWN) { url } docx: export(format: DOCX) { url } ics: export(format: ICS) { url } } } }`;
const link = z.object({ url: z.string() });
export const linksShape = z.object({
  transcript: z.object({ vtt: link }),
  minutes: z.object({ markdown: link, docx: link, ics: link }),
});

export const OWN_TODOS = `query ($id: ID!, $userId: ID!) { meeting(id: $id) {
  todos(filter: { assigneeId: $userId }) { edges { node { id } } } } }`;
export const ownTodosShape = z.object({ todos: nodesOf(id) });
export const COMPLETE = `mutation ($id: ID!) { completeTodo(id: $id) { userErrors { code } } }`;
export const STATISTICS = `query ($from: DateTime!, $to: DateTime!) { workspaceStatistics(from: $from, to: $to) {
  meetings { held participants } transcripts { transcripts verifiedShare }
  minutes { minutes accepted rejected } todos { created done open } } }`;
