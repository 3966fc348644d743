import { z } from 'zod';

/** A versioned event: what one service promises to all others about a fact. */
export interface EventContract<T extends z.ZodType = z.ZodType> {
  /** `<service>.<aggregate>.<event>.v<version>`: the CloudEvents type. */
  readonly type: string;
  readonly service: string;
  readonly aggregate: string;
  /** Past tense. */
  readonly event: string;
  readonly version: number;
  readonly schema: T;
}

/** The payload type of a contract. */
export type EventPayload<C extends EventContract> = z.output<C['schema']>;

/**
 * Declares an event. Within a version fields may be added as optional; anything else is a new version.
 *
 * Payloads are thin: ids, the revision and the scalars that changed. What a GraphQL subscription delivers has the
 * shape of its GraphQL type (`__typename`, `id`, field names), so that the gateway can serve it without a fetch.
 */
export function defineEvent<T extends z.ZodType>(contract: Omit<EventContract<T>, 'type'>): EventContract<T> {
  const { service, aggregate, event, version } = contract;
  return Object.freeze({ ...contract, type: `${service}.${aggregate}.${event}.v${version}` });
}

/** A reference to an entity of any subgraph, as GraphQL representations write it. */
export function reference<const T extends string>(
  typename: T,
): z.ZodObject<{ __typename: z.ZodLiteral<T>; id: z.ZodString }> {
  return z.object({ __typename: z.literal(typename), id: z.string() });
}
