import type { MeetingState } from '@hoerok/shared/contracts';
import type { ReadableAppointment, ReadableMinutes } from '../domain/minutes-document.ts';
import type { ItemKind } from '../domain/review.ts';
import type { Evidence } from '../entities/evidence.entity.ts';
import type { Minutes } from '../entities/minutes.entity.ts';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';

/** Minutes as their documents show them: `items` are all of the minutes, `evidence` is that of all items, each in order. */
export function readableMinutes(
  minutes: Minutes,
  parts: {
    readonly meeting: MeetingState;
    readonly items: readonly MinutesItem[];
    readonly evidence: readonly Evidence[];
  },
): ReadableMinutes {
  const { meeting } = parts;
  const byItem = Map.groupBy(parts.evidence, ({ itemId }) => itemId);
  const section = (wanted: ItemKind): ReadableAppointment[] =>
    parts.items
      .filter(({ kind }) => kind === wanted)
      .map((item) => ({ ...item, evidence: byItem.get(item.id) ?? [] }));
  return {
    ...minutes,
    title: meeting.title,
    startedAt: new Date(meeting.startedAt ?? meeting.scheduledStart),
    timeZone: meeting.timeZone,
    points: section('POINT'),
    decisions: section('DECISION'),
    actionItems: section('ACTION'),
    openQuestions: section('QUESTION'),
    schedule: section('SCHEDULE').toSorted(
      (left, right) => (left.startsAt?.getTime() ?? 0) - (right.startsAt?.getTime() ?? 0),
    ),
  };
}
