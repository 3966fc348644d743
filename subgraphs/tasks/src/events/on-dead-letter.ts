import type { EventSubscription } from '@hoerok/shared/events';
import { meter } from '@hoerok/shared/telemetry';
import { projectDeadLetter } from '../repositories/dead-letter-mapper.ts';
import { keepDeadLetter } from '../repositories/dead-letter-repository.ts';

const kept = meter.createCounter('hoerok_dead_letters', {
  description: 'Dead letters kept, by cause; hidden ones belong to no workspace for sure',
});

/** Keeps every dead letter of the system. Idempotent: a letter that is there already is left as it is. */
export const deadLetterSubscription: EventSubscription = {
  purpose: 'dead_letter_view',
  handlers: [],
  deadLetters: async (letter, tx) => {
    const row = projectDeadLetter(letter);
    if (await keepDeadLetter(tx, row)) kept.add(1, { cause: row.cause, hidden: row.workspaceId === null });
  },
};
