import type { Transact } from '../database/index.ts';
import { messageOf } from '../errors/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { extendLease } from './lease.ts';
import type { Holder } from './transitions.ts';

/** Why a running attempt was told to stop. */
export type StopReason = 'cancelled' | 'lost' | 'expired' | 'shutdown';

/** Beats until it is stopped. */
export interface Heart {
  readonly stop: () => Promise<void>;
}

/**
 * Says every third of a lease that the attempt is alive, to the row and to the queue, and aborts `stop` with the reason when
 * the row says that it is over: cancelled, past its deadline, or taken by another worker.
 */
export function startHeartbeat(
  deps: { readonly transact: Transact; readonly logger: Logger },
  options: { holder: Holder; leaseMs: number; stop: AbortController; keepMessage: () => void },
): Heart {
  const { holder, leaseMs, stop } = options;
  let beating: Promise<void> | undefined;
  const beat = async (): Promise<void> => {
    try {
      const answer = await deps.transact(
        (tx) => extendLease(tx, holder.taskId, { token: holder.token, leaseMs }),
        { single: true },
      );
      // Message and lease run out together: whoever cannot keep the one must not hold on to the other.
      if (answer === 'alive') options.keepMessage();
      else stop.abort(answer satisfies StopReason);
    } catch (error) {
      // One missed beat is no loss: the lease lasts for three.
      deps.logger.warn({ taskId: holder.taskId, reason: messageOf(error) }, 'heartbeat failed');
    }
  };
  const timer = setInterval(() => {
    beating ??= beat().finally(() => {
      beating = undefined;
    });
  }, leaseMs / 3);
  return {
    stop: async () => {
      clearInterval(timer);
      await beating;
    },
  };
}
