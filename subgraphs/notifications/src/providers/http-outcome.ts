import { AppError } from '@hoerok/shared/errors';
import type { OutboundAnswer } from '@hoerok/shared/outbound';
import { retryAfterMs } from '@hoerok/shared/resilience';
import { isRetryableStatus, type Outcome } from '../domain/attempts.ts';

/** What an HTTP answer means for the message that was posted: anything but 2xx is a failure, redirects included. */
export function outcomeOf(
  { status, headers }: OutboundAnswer,
  success: { readonly state: 'SENT' | 'DELIVERED'; readonly messageId: string | null },
): Outcome {
  if (status >= 200 && status < 300) return { ...success, responseStatus: status };
  // Bounded by whoever waits.
  const waitMs = retryAfterMs(headers['retry-after']?.toString(), Infinity) ?? 0;
  return {
    state: 'FAILED',
    error: `HTTP ${status}`,
    retryable: isRetryableStatus(status),
    responseStatus: status,
    ...(waitMs > 0 ? { retryAfterMs: waitMs } : {}),
  };
}

/** What it means that there was no answer. */
export function outcomeWithout(error: unknown): Outcome {
  if (!(error instanceof AppError)) return { state: 'FAILED', error: 'NO_ANSWER', retryable: true };
  const names: Readonly<Record<string, string>> = { TIMEOUT: 'TIMEOUT', BAD_INPUT: 'ADDRESS_REFUSED' };
  return {
    state: 'FAILED',
    error: names[error.code] ?? 'UNREACHABLE',
    retryable: error.code !== 'BAD_INPUT',
  };
}
