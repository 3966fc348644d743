import type { FetchCall } from './fetch-call.ts';

/** A call that others may join. */
export interface SharedCall {
  readonly call: FetchCall;
  /** How many mutations had ended when it began. */
  readonly mutations: number;
}

/** The calls to one subgraph that are under way, by scope and body. */
export interface SharedCalls {
  readonly find: (scope: string, body: string) => SharedCall | null;
  /** The new call takes the place of one before it, which goes on for those who wait for it. */
  readonly add: (scope: string, body: string, shared: SharedCall) => void;
  readonly remove: (scope: string, body: string, call: FetchCall) => void;
}

/** Two levels of maps, so that the long strings of scope and body are never put together. */
export function createSharedCalls(): SharedCalls {
  const byScope = new Map<string, Map<string, SharedCall>>();
  return {
    find: (scope, body) => byScope.get(scope)?.get(body) ?? null,
    add: (scope, body, shared) => {
      const byBody = byScope.get(scope);
      if (byBody === undefined) byScope.set(scope, new Map([[body, shared]]));
      else byBody.set(body, shared);
    },
    remove: (scope, body, call) => {
      const byBody = byScope.get(scope);
      if (byBody?.get(body)?.call !== call) return;
      if (byBody.size === 1) byScope.delete(scope);
      else byBody.delete(body);
    },
  };
}
