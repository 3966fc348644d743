import { createHmac } from 'node:crypto';
import type { OutboundClient } from '@hoerok/shared/outbound';
import type { Outcome } from '../domain/attempts.ts';
import { outcomeOf, outcomeWithout } from './http-outcome.ts';
import type { Spool } from './spool.ts';

/** An SMS to one person. */
export interface OutgoingSms {
  /** The same for every attempt: it becomes the Idempotency-Key. */
  readonly id: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
}

/** Sends SMS, or keeps them. */
export interface SmsSender {
  readonly provider: 'sms' | 'spool';
  /** Never throws: what went wrong is an outcome, and holds no number. */
  readonly send: (sms: OutgoingSms) => Promise<Outcome>;
}

/**
 * Posts `{"to","text"}` to a gateway of the operator's choice. `x-hoerok-signature: v1=<hex>` is the HMAC-SHA256 of
 * `<x-hoerok-timestamp>.<body>`.
 */
export function createHttpSmsSender(deps: {
  readonly client: OutboundClient;
  readonly url: string;
  readonly secret: string;
  readonly clock: () => Date;
}): SmsSender {
  const { client, url, secret, clock } = deps;
  return {
    provider: 'sms',
    send: async ({ id, to, text }) => {
      const body = JSON.stringify({ to, text });
      const timestamp = String(Math.floor(clock().getTime() / 1_000));
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': id,
        'x-hoerok-timestamp': timestamp,
        'x-hoerok-signature': `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
      };
      try {
        const answer = await client.request({ url, method: 'POST', headers, body });
        return outcomeOf(answer, { state: 'SENT', messageId: id });
      } catch (error) {
        return outcomeWithout(error);
      }
    },
  };
}

/** Writes SMS to files. */
export function createSpoolingSmsSender(spool: Spool): SmsSender {
  return {
    provider: 'spool',
    send: async ({ id, to, text }) => {
      try {
        await spool.write(id, { json: `${JSON.stringify({ to, text }, undefined, 2)}\n` });
        return { state: 'SPOOLED', messageId: id };
      } catch {
        return { state: 'FAILED', error: 'SPOOL_NOT_WRITABLE', retryable: true };
      }
    },
  };
}
