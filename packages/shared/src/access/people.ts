import { z } from 'zod';
import { ROLES, type Role } from '../auth/index.ts';
import { AppError } from '../errors/index.ts';
import type { GatewayClient } from '../graphql/index.ts';

const USERS = /* GraphQL */ `
  query UsersById($ids: [ID!]!) {
    users(first: 500, filter: { ids: $ids }) { edges { node { id } } }
  }
`;

const usersAnswer = z.object({
  users: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) }),
});

const BY_EMAIL = /* GraphQL */ `
  query UsersByEmail($email: String!) {
    users(first: 500, filter: { text: $email, active: true }) { edges { node { id email role } } }
  }
`;

const account = z.object({ id: z.string(), email: z.string().nullable(), role: z.enum(ROLES) });

const accountsAnswer = z.object({ users: z.object({ edges: z.array(z.object({ node: account })) }) });

/** Knows who is a user of a workspace. */
export interface People {
  /**
   * Takes up to 500 ids; `path` is the argument they came in.
   * @throws AppError `BAD_INPUT` naming the ids that are no users of the workspace.
   */
  readonly requireUsers: (
    workspaceId: string,
    ids: readonly string[],
    path: readonly string[],
  ) => Promise<void>;
  /** The active user of a workspace with this address, in lower case and at most 100 characters; null when there is none. */
  readonly findByEmail: (
    workspaceId: string,
    email: string,
  ) => Promise<{ readonly id: string; readonly role: Role } | null>;
}

/** Asks the users domain through the gateway. */
export function createPeople(gateway: GatewayClient): People {
  return {
    requireUsers: async (workspaceId, ids, path) => {
      if (ids.length === 0) return;
      const answer = await gateway.query({
        document: USERS,
        variables: { ids },
        data: usersAnswer,
        workspaceId,
        onBehalfOf: null,
      });
      const known = new Set(answer.users.edges.map(({ node }) => node.id));
      const unknown = ids.filter((id) => !known.has(id));
      if (unknown.length === 0) return;
      throw new AppError('BAD_INPUT', `No such user in this workspace: ${unknown.join(', ')}.`, {
        logLevel: 'debug',
        extensions: { path },
      });
    },
    findByEmail: async (workspaceId, email) => {
      const { users } = await gateway.query({
        document: BY_EMAIL,
        variables: { email },
        data: accountsAnswer,
        workspaceId,
        onBehalfOf: null,
      });
      // The filter looks for a part of the address.
      return users.edges.map(({ node }) => node).find((one) => one.email === email) ?? null;
    },
  };
}
