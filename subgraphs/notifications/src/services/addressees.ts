import { ROLES } from '@hoerok/shared/auth';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { z } from 'zod';

const PEOPLE = /* GraphQL */ `
  query Addressees($ids: [ID!]!) {
    users(first: 500, filter: { ids: $ids }) { edges { node { id role email locale timeZone active } } }
  }
`;

const ADMINS = /* GraphQL */ `
  query Admins {
    users(first: 500, filter: { role: ADMIN, active: true }) { edges { node { id } } }
  }
`;

const person = z.object({
  id: z.string(),
  role: z.enum(ROLES),
  email: z.string().nullable(),
  locale: z.string(),
  timeZone: z.string(),
  active: z.boolean(),
});

const usersOf = <T extends z.ZodType>(node: T) =>
  z.object({ users: z.object({ edges: z.array(z.object({ node })) }) });
const people = usersOf(person);
const admins = usersOf(z.object({ id: z.string() }));

/** Somebody to write to. */
export type Addressee = z.output<typeof person>;

/** Knows how to reach people; asked anew for each message and kept nowhere. */
export interface Addressees {
  /** Up to 500 users of a workspace by id; who is not there is missing. @throws AppError `UNAVAILABLE` (retryable). */
  readonly of: (workspaceId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, Addressee>>;
  /** Ids of the ADMINs of a workspace. */
  readonly admins: (workspaceId: string) => Promise<readonly string[]>;
}

/** Asks the users domain through the gateway. */
export function createAddressees(gateway: GatewayClient): Addressees {
  return {
    of: async (workspaceId, ids) => {
      if (ids.length === 0) return new Map();
      const asked = { document: PEOPLE, variables: { ids }, data: people, workspaceId, onBehalfOf: null };
      const { users } = await gateway.query(asked);
      return new Map(users.edges.map(({ node }) => [node.id, node]));
    },
    admins: async (workspaceId) => {
      const asked = { document: ADMINS, variables: {}, data: admins, workspaceId, onBehalfOf: null };
      const { users } = await gateway.query(asked);
      return users.edges.map(({ node }) => node.id);
    },
  };
}
