import type { SubjectReference } from './notification-kind.ts';

/** What a link leads to. */
export interface Linked {
  readonly subject: SubjectReference | null;
  readonly meetingId: string | null;
}

/** The page of a subject in the web application at `base`; null without one. */
export function linkTo(base: string | null, { subject, meetingId }: Linked): string | null {
  if (base === null) return null;
  return `${base.replace(/\/+$/, '')}${pathOf(subject, meetingId)}`;
}

function pathOf(subject: SubjectReference | null, meetingId: string | null): string {
  if (subject?.__typename === 'Todo') return `/todos/${encodeURIComponent(subject.id)}`;
  if (subject?.__typename === 'Meeting') return `/meetings/${encodeURIComponent(subject.id)}`;
  if (meetingId === null) return '/notifications';
  const part = subject?.__typename === 'Transcript' ? '#transcript' : subject === null ? '' : '#minutes';
  return `/meetings/${encodeURIComponent(meetingId)}${part}`;
}
