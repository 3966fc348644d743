import type { FormattedExecutionResult } from 'graphql';
import { EXPIRED, REVOKED, type StreamFormat } from './stream-results.ts';

const COMPLETE = 'event: complete\ndata:\n\n';

/**
 * Server-sent events (GraphQL over SSE, distinct connections mode): `next` for each result, then `complete`. The `id` of
 * an event is its `extensions.eventId`. A stream that the gateway breaks off ends without `complete`: come back.
 */
export const EVENT_STREAM: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  begin: ':\n\n',
  heartbeat: ':\n\n',
  next: printNext,
  end: {
    complete: COMPLETE,
    expired: printNext({ errors: [EXPIRED] }) + COMPLETE,
    revoked: printNext({ errors: [REVOKED] }) + COMPLETE,
    stopping: '',
  },
};

function printNext(result: FormattedExecutionResult): string {
  const id = result.extensions?.['eventId'];
  const idLine = typeof id === 'string' ? `id: ${id}\n` : '';
  return `${idLine}event: next\ndata: ${JSON.stringify(result)}\n\n`;
}
