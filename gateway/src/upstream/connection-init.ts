import { randomUUID } from 'node:crypto';
import { signRequest } from '@hoerok/shared/auth';
import type { GatewayContext } from '../context.ts';

/** Who subscribes: all that subgraphs get to see of a subscriber. */
export type UpstreamIdentity = Pick<GatewayContext, 'viewer' | 'headers'>;

/** What {@link connectionInit} needs to sign. */
export interface SigningDeps {
  /** `undefined`: nothing is signed. */
  readonly signingKey: string | undefined;
  readonly clock: () => number;
}

/**
 * The payload of `connection_init`: what the headers of a fetch would be. The propagated headers, and our signature over
 * the handshake (`GET`, path and query of the WebSocket URL, no body) with the viewer inside; names are in lower case.
 */
export function connectionInit(
  url: string,
  { viewer, headers }: UpstreamIdentity,
  { signingKey, clock }: SigningDeps,
): Record<string, string> {
  if (signingKey === undefined) return { ...headers };
  const { pathname, search } = new URL(url);
  const request = { method: 'GET', path: pathname + search, body: '' };
  const signing = { key: signingKey, viewer, nowMs: clock(), nonce: randomUUID() };
  return { ...headers, ...signRequest(request, signing) };
}
