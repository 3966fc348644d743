import type { Kind } from './world.ts';

/**
 * What the id in each place of the root fields is of. A place that is not here fails the test: whoever adds a field says what
 * it takes. `null`: no object of the kind comes about in this world, and the policy of the field is tested elsewhere.
 */
export const KIND_AT: Readonly<Record<string, Kind | null>> = {
  'Query.actionItems(ids)': 'ActionItem',
  'Query.meeting(id)': 'Meeting',
  'Query.minutes(id)': 'Minutes',
  'Query.notification(id)': 'Notification',
  'Query.task(id)': 'Task',
  'Query.tasks(filter.meetingId)': 'Meeting',
  'Query.todo(id)': 'Todo',
  'Query.todos(filter.assigneeId)': 'User',
  'Query.todos(filter.meetingId)': 'Meeting',
  'Query.transcript(id)': 'Transcript',
  'Query.user(id)': 'User',
  'Query.users(filter.ids)': 'User',
  'Mutation.addParticipants(meetingId)': 'Meeting',
  'Mutation.addParticipants(participants.userId)': 'User',
  'Mutation.analyzeMeetings(input.meetingIds)': 'Meeting',
  'Mutation.analyzeTranscript(input.transcriptId)': 'Transcript',
  'Mutation.assignSpeaker(speakerId)': 'Speaker',
  'Mutation.assignSpeaker(userId)': 'User',
  'Mutation.assignTodo(id)': 'Todo',
  'Mutation.assignTodo(userId)': 'User',
  'Mutation.cancelMeeting(id)': 'Meeting',
  'Mutation.cancelTask(id)': 'Task',
  'Mutation.completeTodo(id)': 'Todo',
  'Mutation.createMeeting(input.participants.userId)': 'User',
  'Mutation.createMeeting(input.templateId)': 'MeetingTemplate',
  'Mutation.createTodo(input.assigneeId)': 'User',
  'Mutation.createTodo(input.meetingId)': 'Meeting',
  'Mutation.createTodosFromActionItems(actionItemIds)': 'ActionItem',
  'Mutation.createUpload(meetingId)': 'Meeting',
  'Mutation.deactivateUser(userId)': 'User',
  'Mutation.deleteMeeting(id)': 'Meeting',
  'Mutation.editSection(input.edits.segmentId)': 'TranscriptSegment',
  'Mutation.editSection(input.sectionId)': 'TranscriptSection',
  'Mutation.endMeeting(id)': 'Meeting',
  'Mutation.importTranscript(input.meetingId)': 'Meeting',
  'Mutation.importTranscript(input.uploadId)': 'Upload',
  'Mutation.markRead(ids)': 'Notification',
  'Mutation.removeParticipant(meetingId)': 'Meeting',
  'Mutation.removeParticipant(participantId)': 'Participant',
  'Mutation.replayDeadLetters(ids)': null,
  'Mutation.retryTask(id)': 'Task',
  'Mutation.reviewItem(assigneeId)': 'User',
  'Mutation.reviewItem(itemId)': 'ActionItem',
  'Mutation.revokeApiKey(id)': 'ApiKey',
  'Mutation.saveTemplate(fromMeetingId)': 'Meeting',
  'Mutation.setUserRole(userId)': 'User',
  'Mutation.startMeeting(id)': 'Meeting',
  'Mutation.updateMeeting(input.id)': 'Meeting',
  'Mutation.updateTodo(input.assigneeId)': 'User',
  'Mutation.updateTodo(input.id)': 'Todo',
  'Mutation.verifySection(sectionId)': 'TranscriptSection',
  'Subscription.meetingEvents(meetingId)': 'Meeting',
  'Subscription.sectionUpdates(meetingId)': 'Meeting',
  'Subscription.taskUpdated(id)': 'Task',
  'Subscription.todoUpdates(meetingId)': 'Meeting',
};

/** Entities that have no object in this world. */
export const NO_OBJECT = ['DeadLetter'];

/** Arguments that have to make sense for a field to get as far as looking at the id. */
export const SENSIBLE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  addParticipants: { participants: [{ email: 'somebody@hoerok.example' }] },
  createUpload: { filename: 'a.vtt', mimeType: 'text/vtt', bytes: 100 },
  inviteUser: { email: 'invited@hoerok.example' },
  reviewItem: { review: 'ACCEPTED' },
};

/** The same inside `input`. */
export const SENSIBLE_INPUT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  createMeeting: { timeZone: 'Asia/Seoul' },
  createUser: { email: `made-${Date.now()}@hoerok.example` },
  importTranscript: { content: 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello' },
  updateMeeting: { title: 'Another title' },
  updateTodo: { title: 'Another title' },
};
