import { meetingAccessSubscription } from '@hoerok/shared/access';
import { meetingEnded, meetingUpdated } from '@hoerok/shared/contracts';
import { type EventHandler, type EventSubscription, onEvent } from '@hoerok/shared/events';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { settleStates } from '../services/settle-states.ts';

/**
 * Remembers meetings and, when people joined or left one or it has ended, settles the states of its transcript again: a
 * section that waits for one who has left, or was not there, must not wait for ever. Both in one transaction, so that a verdict given meanwhile counts
 * either before or after the change. Idempotent: states follow from verdicts and participants alone.
 */
export const meetingSubscription: EventSubscription = {
  ...meetingAccessSubscription,
  handlers: meetingAccessSubscription.handlers.map((remember) =>
    remember.contract === meetingUpdated || remember.contract === meetingEnded
      ? thenSettle(remember)
      : remember,
  ),
};

function thenSettle(remember: EventHandler): EventHandler {
  const contract = remember.contract === meetingEnded ? meetingEnded : meetingUpdated;
  return onEvent(contract, async (event, tx) => {
    await remember.handle(event, tx);
    const transcripts = transcriptRepository(tx, event.workspaceId);
    const [current] = await transcripts.findCurrent([event.payload.id]);
    const transcript = current === undefined ? null : await transcripts.findForUpdate(current.id);
    if (transcript?.current !== true) return;
    await settleStates(tx, { transcript, actorId: event.actorId, changes: new Map() });
  });
}
