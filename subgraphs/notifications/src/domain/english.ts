import type { Templates } from './notification-kind.ts';

/** Notifications in English. */
export const ENGLISH: Templates = {
  MEETING_CREATED: ({ meetingTitle, ...start }) => ({
    title: `You are invited to “${meetingTitle}”`,
    body: `It starts on ${when(start)}.`,
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
    body: `${count(wordCount, 'word')} in ${count(Math.round(durationMs / 60_000), 'minute')}.`,
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
      TRANSCRIPT_IMPORT: `The transcript${of} could not be imported`,
    };
    return {
      title: titles[taskKind] ?? `A task${of} has failed`,
      body: reason ?? 'The reason is not known.',
    };
  },
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
    ? 'No action items were found.'
    : `${count(actionItems, 'action item')} suggested.`;
}
