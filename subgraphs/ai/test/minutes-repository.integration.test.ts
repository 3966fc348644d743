import { createTestDatabase } from '@hoerok/shared/testing';
import { expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import type { Minutes } from '../src/entities/minutes.entity.ts';
import type { MinutesItem } from '../src/entities/minutes-item.entity.ts';
import { minutesRepository } from '../src/repositories/minutes-repository.ts';

const MINUTES: Minutes = {
  id: 'minutes',
  workspaceId: 'w',
  meetingId: 'm',
  transcriptId: 't',
  revision: 1,
  language: 'en',
  generatedAt: new Date(),
  provider: 'llm',
  providerModel: 'a-model',
  promptVersion: 'minutes-1',
  fallbackCode: null,
  dropped: null,
  transcriptRevision: 1,
  overview: 'A long meeting.',
};

it('minutes with more items than one statement takes parameters for are stored', async () => {
  await using database = await createTestDatabase(createDataSource);
  const dataSource = await createDataSource(database.url).initialize();
  const items = Array.from(
    { length: 4_000 },
    (_, position): MinutesItem => ({
      id: `item-${position}`,
      workspaceId: 'w',
      meetingId: 'm',
      minutesId: MINUTES.id,
      kind: 'ACTION',
      position,
      text: 'Send the draft.',
      origin: 'LLM',
      confidence: 1,
      review: 'SUGGESTED',
      revision: 1,
      reviewedById: null,
      topic: null,
      assigneeId: null,
      assigneeName: null,
      dueAt: null,
      dueText: null,
      acceptedAt: null,
      title: null,
      startsAt: null,
      endsAt: null,
      allDay: null,
      attendeeIds: null,
      icalUid: null,
    }),
  );
  const evidence = items.flatMap(({ id: itemId }) =>
    [0, 1, 2].map((position) => {
      const place = { segmentId: 's', segmentRevision: 1, speakerLabel: '', startMs: 0 };
      return { ...place, itemId, position, quote: 'Send', startChar: 0, endChar: 4 };
    }),
  );
  const repository = minutesRepository(dataSource.manager, 'w');
  await repository.insert({ minutes: MINUTES, items, evidence, keywords: [] });
  expect(await repository.itemsOf([MINUTES.id])).toHaveLength(4_000);
  await dataSource.destroy();
});
