import { AppError } from '@hoerok/shared/errors';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { z } from 'zod';

const USERS = /* GraphQL */ `
  query UsersById($ids: [ID!]!) {
    users(first: 500, filter: { ids: $ids }) { edges { node { id } } }
  }
`;

const usersAnswer = z.object({
  users: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) }),
});

/** Knows who is a user of a workspace. */
export interface People {
  /** @throws AppError `BAD_INPUT` naming the ids that are no users of the workspace. */
  readonly requireUsers: (workspaceId: string, ids: readonly string[]) => Promise<void>;
}

/** Asks the users domain through the gateway. */
export function createPeople(gateway: GatewayClient): People {
  return {
    requireUsers: async (workspaceId, ids) => {
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
        extensions: { path: ['participants', 'userId'] },
      });
    },
  };
}
