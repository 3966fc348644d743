import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { EXPIRED, REVOKED, type StreamFormat } from './stream-results.ts';

// A part is read when the boundary after it has come, so each part brings that along.
const BOUNDARY = '\r\n--graphql';
const LAST = '--\r\n';

const STOPPING: GraphQLFormattedError = {
  message: 'The gateway is stopping; subscribe again.',
  extensions: { code: 'UNAVAILABLE', retryable: true },
};

/**
 * Apollo's multipart protocol for subscriptions over HTTP (`subscriptionSpec=1.0`): a part `{"payload": result}` for each
 * result, `{}` as heartbeat. What ends the stream before its time is a part `{"payload": null, "errors": [...]}`.
 * @see https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
 */
export const MULTIPART: StreamFormat = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
  begin: BOUNDARY,
  heartbeat: part({}),
  next: (payload: FormattedExecutionResult) => part({ payload }),
  end: {
    complete: LAST,
    expired: part({ payload: null, errors: [EXPIRED] }) + LAST,
    revoked: part({ payload: null, errors: [REVOKED] }) + LAST,
    stopping: part({ payload: null, errors: [STOPPING] }) + LAST,
  },
};

function part(body: object): string {
  return `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(body)}${BOUNDARY}`;
}
