import type { ResponseError } from './hoerok-error.ts';

/** One event of a subscription. */
export interface SubscriptionEvent<Data> {
  /** `null` when an error left nothing of it; `errors` says why. */
  readonly data: Data | null;
  /** What could not be had for this event; the stream goes on. */
  readonly errors: readonly ResponseError[];
  /** Where the event stands in its stream; `lastEventId` for whoever goes on after it. `null` for what cannot be resumed. */
  readonly eventId: string | null;
  /** How things stand, what was missed, or what has just happened; `null` for a query or mutation. */
  readonly delivery: 'snapshot' | 'replay' | 'live' | null;
  /** Changes before this one may have been missed: the stream was away for longer than they are kept. */
  readonly gap: boolean;
}

/** A result as it comes from the gateway. */
export interface StreamedResult {
  readonly data?: unknown;
  readonly errors?: readonly ResponseError[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Reads an event; `from` says whether it is the first since the stream was taken up again, and after which event that was. */
export function readEvent<Data>(
  { data, errors = [], extensions = {} }: StreamedResult,
  from: { readonly isFirst: boolean; readonly lastEventId: string | null },
): SubscriptionEvent<Data> {
  const { eventId, delivery, resume } = extensions;
  const known = delivery === 'snapshot' || delivery === 'replay' || delivery === 'live' ? delivery : null;
  // A snapshot in place of what was missed, or live events with nothing to connect them to what came before.
  const isApart = known === 'snapshot' ? from.lastEventId !== null : from.lastEventId === null;
  return {
    data: (data ?? null) as Data | null,
    errors,
    eventId: typeof eventId === 'string' ? eventId : null,
    delivery: known,
    gap: resume === 'RESUME_GAP' || (from.isFirst && isApart),
  };
}

/** Whether a result is no event but says why there are none, or no more. */
export function isRefusal({ data, errors = [], extensions = {} }: StreamedResult): boolean {
  const isEvent = extensions['eventId'] !== undefined || extensions['delivery'] !== undefined;
  return data == null && errors.length > 0 && !isEvent;
}
