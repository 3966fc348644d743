import type { MeetingState } from '@hoerok/shared/contracts';
import type { ItemKind } from '../domain/review.ts';
import type { Evidence } from '../entities/evidence.entity.ts';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';
import type { WholeMinutes } from '../repositories/minutes-repository.ts';

/** Name and version of the form, in the file: fields may be added to it, none is ever taken away. */
const FORM = 'hoerok.minutes.v1';

/** Minutes as docs/exports.md describes them: everything, rejected items too, with every quote. Instants are ISO 8601 in UTC. */
export function minutesJson(
  meeting: MeetingState,
  { minutes, items, evidence, keywords }: WholeMinutes,
): object {
  const byItem = Map.groupBy(evidence, ({ itemId }) => itemId);
  const section = (wanted: ItemKind): object[] =>
    items.filter(({ kind }) => kind === wanted).map((item) => itemJson(item, byItem.get(item.id) ?? []));
  return {
    format: FORM,
    id: minutes.id,
    revision: minutes.revision,
    meeting: {
      id: meeting.id,
      title: meeting.title,
      startedAt: meeting.startedAt ?? meeting.scheduledStart,
      timeZone: meeting.timeZone,
    },
    transcript: { id: minutes.transcriptId, revision: minutes.transcriptRevision },
    language: minutes.language,
    generatedAt: minutes.generatedAt,
    provider: minutes.provider,
    providerModel: minutes.providerModel,
    promptVersion: minutes.promptVersion,
    fallbackCode: minutes.fallbackCode,
    dropped: minutes.dropped,
    extractive: minutes.providerModel === null,
    overview: minutes.overview,
    points: section('POINT'),
    decisions: section('DECISION'),
    openQuestions: section('QUESTION'),
    actionItems: section('ACTION'),
    schedule: section('SCHEDULE'),
    keywords: keywords.map(({ text, weight }) => ({ text, weight })),
  };
}

function itemJson(item: MinutesItem, evidence: readonly Evidence[]): object {
  const { id, text, origin, confidence, review, revision } = item;
  return {
    id,
    text,
    origin,
    confidence,
    review,
    revision,
    ...ownFields(item),
    evidence: evidence.map(({ segmentId, segmentRevision, speakerLabel, startMs, quote }) => {
      const speaker = speakerLabel === '' ? null : speakerLabel;
      return { segmentId, segmentRevision, speaker, startMs, quote };
    }),
  };
}

function ownFields(item: MinutesItem): object {
  switch (item.kind) {
    case 'POINT':
      return { topic: item.topic };
    case 'ACTION': {
      const { assigneeId, assigneeName, dueAt, dueText } = item;
      return { assigneeId, assigneeName, dueAt, dueText };
    }
    case 'SCHEDULE': {
      const { title, startsAt, endsAt, allDay, attendeeIds, icalUid } = item;
      return { title, startsAt, endsAt, allDay, attendeeIds, icalUid };
    }
    case 'DECISION':
    case 'QUESTION':
      return {};
  }
}
