import type { Transact } from '../database/index.ts';
import { messageOf } from '../errors/index.ts';
import type { Logger } from '../telemetry/index.ts';

const INTERVAL_MS = 3_600_000;
/**
 * Days that a consumer remembers which events it has handled. Longer than an event stays in its stream (14 days): what
 * is forgotten cannot come again, unless somebody publishes it again.
 */
export const INBOX_KEEP_DAYS = 21;
const BATCH_ROWS = 10_000;

/** Forgets events that cannot be delivered any more, once an hour. */
export function startInboxCare(deps: { readonly transact: Transact; readonly logger: Logger }): {
  readonly stop: () => Promise<void>;
} {
  let pruning: Promise<void> | undefined;
  const prune = async (): Promise<void> => {
    try {
      await deps.transact((tx) =>
        tx.query(
          `DELETE FROM inbox WHERE (consumer, message_id) IN (
             SELECT consumer, message_id FROM inbox
             WHERE received_at < now() - make_interval(days => $1) LIMIT ${BATCH_ROWS})`,
          [INBOX_KEEP_DAYS],
        ),
      );
    } catch (error) {
      deps.logger.warn({ reason: messageOf(error) }, 'inbox not pruned, trying again');
    }
  };
  const timer = setInterval(() => {
    pruning = prune();
  }, INTERVAL_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await pruning;
    },
  };
}
