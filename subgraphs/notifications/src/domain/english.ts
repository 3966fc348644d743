import { minutes, type Templates } from './notification-kind.ts';

/** Notifications in English. */
export const ENGLISH: Templates = {
  MEETING_CREATED: ({ meetingTitle, ...start }) => ({
    title: `You are invited to “${meetingTitle}”`,
    // No tense: captions of a meeting that is over may be brought afterwards.
    body: `When: ${when(start)}.`,
  }),
  MEETING_ENDED: ({ meetingTitle }) => ({
    title: `“${meetingTitle}” has ended`,
    body: 'You will be told when its transcript and its minutes are ready.',
  }),
  MEETING_CANCELED: ({ meetingTitle, ...start }) => ({
    title: `“${meetingTitle}” is canceled`,
    body: `It was to start on ${when(start)}.`,
  }),
  TRANSCRIPT_READY: ({ meetingTitle, wordCount, durationMs }) => ({
    title: `The transcript of “${meetingTitle}” is ready`,
    body: `${count(wordCount, 'word')} in ${count(minutes(durationMs), 'minute')}.`,
  }),
  VERIFICATION_REQUESTED: ({ meetingTitle }) => ({
    title: `Please verify the transcript of “${meetingTitle}”`,
    body: 'Compare each section with what was said, then approve or dispute it.',
  }),
  TRANSCRIPT_VERIFIED: ({ meetingTitle }) => ({
    title: `The transcript of “${meetingTitle}” is verified`,
    body: 'Every section has been approved.',
  }),
  SECTION_DISPUTED: ({ meetingTitle }) => ({
    title: `A section of the transcript of “${meetingTitle}” is disputed`,
    body: 'Correct the section, or settle it with the person who disputes it.',
  }),
  SECTION_COMMENTED: ({ meetingTitle }) => ({
    title: `A section of the transcript of “${meetingTitle}” has a new comment`,
    body: 'Answer the comment, or correct the section.',
  }),
  MEETING_SHARED: ({ meetingTitle, access }) => ({
    title: `“${meetingTitle}” was shared with you`,
    body: SHARED[access] ?? 'You may read its transcript and its minutes.',
  }),
  MINUTES_READY: ({ meetingTitle, actionItemCount, namesRecipient }) => ({
    title: `The minutes of “${meetingTitle}” are ready`,
    body: `${suggested(actionItemCount)}${namesRecipient ? ' At least one names you.' : ''}`,
  }),
  TODO_ASSIGNED: ({ todoTitle, meetingTitle }) => ({
    title: `You have a new todo: ${todoTitle}`,
    body: meetingTitle === null ? 'Your todos say when it is due.' : `It comes from “${meetingTitle}”.`,
  }),
  TODO_COMPLETED: ({ todoTitle, meetingTitle }) => ({
    title: `“${todoTitle}” is done`,
    body: meetingTitle === null ? 'It has been marked as done.' : `It came from “${meetingTitle}”.`,
  }),
  TODO_STATUS_CHANGED: ({ todoTitle, meetingTitle, status }) => ({
    title: `Your todo “${todoTitle}” is now ${STATUSES[status] ?? 'changed'}`,
    body: meetingTitle === null ? 'Somebody else has changed it.' : `It comes from “${meetingTitle}”.`,
  }),
  TODO_DUE: ({ todoTitle, meetingTitle, dueAt, timeZone, late }) => ({
    title: late ? `“${todoTitle}” is overdue` : `“${todoTitle}” is due soon`,
    body:
      `It ${late ? 'was' : 'is'} due on ${moment(dueAt, timeZone)}.` +
      (meetingTitle === null ? '' : ` It comes from “${meetingTitle}”.`),
  }),
  TASK_FAILED: ({ meetingTitle, taskKind, reason }) => {
    const of = meetingTitle === null ? '' : ` of “${meetingTitle}”`;
    const titles: Readonly<Record<string, string>> = {
      MEETING_DELETION: `${meetingTitle === null ? 'A meeting' : `“${meetingTitle}”`} could not be deleted`,
      MINUTES: `The minutes${of} could not be made`,
      BULK_MINUTES: 'The minutes of several meetings could not be made',
      SCHEDULE: `The schedule${of} could not be proposed`,
      TRANSCRIPT_IMPORT: `The transcript${of} could not be imported`,
      TRANSCRIPT_VALIDATION: `The transcript${of} could not be checked`,
      TRANSCRIPTION: `The recording${of} could not be transcribed`,
    };
    return {
      title: titles[taskKind] ?? `A task${of} has failed`,
      body: reason ?? 'The reason is not known.',
    };
  },
  WEBHOOK_DISABLED: ({ host }) => ({
    title: `The webhook of ${host} is switched off`,
    body: 'It has failed for days. Mend it, then switch it on again in the settings.',
  }),
};

const SHARED: Readonly<Record<string, string>> = {
  COMMENT: 'You may read its transcript and its minutes, and comment on them.',
  VERIFY: 'You may read its transcript and its minutes, comment on them and verify the transcript.',
};

const STATUSES: Readonly<Record<string, string>> = {
  OPEN: 'open',
  IN_PROGRESS: 'in progress',
  BLOCKED: 'blocked',
  DONE: 'done',
  CANCELED: 'canceled',
};

function when({ scheduledStart, timeZone }: { scheduledStart: string; timeZone: string }): string {
  return moment(scheduledStart, timeZone);
}

function moment(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'short', timeZone });
  return `${format.format(new Date(instant))} (${timeZone})`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

function suggested(actionItems: number): string {
  return actionItems === 0
    ? 'No action items to decide on.'
    : `${count(actionItems, 'action item')} suggested.`;
}
