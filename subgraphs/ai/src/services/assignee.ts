import { AppError } from '@hoerok/shared/errors';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { z } from 'zod';

const USER = /* GraphQL */ `
  query Assignee($id: ID!) {
    user(id: $id) { id name }
  }
`;

const userAnswer = z.object({ user: z.object({ id: z.string(), name: z.string() }).nullable() });

/** A user of the workspace, as an assignee. @throws AppError `BAD_INPUT` when there is none with this id. */
export type RequireAssignee = (workspaceId: string, id: string) => Promise<{ id: string; name: string }>;

/** Asks the users domain through the gateway. */
export function createRequireAssignee(gateway: GatewayClient): RequireAssignee {
  return async (workspaceId, id) => {
    const { user } = await gateway.query({
      document: USER,
      variables: { id },
      data: userAnswer,
      workspaceId,
      onBehalfOf: null,
    });
    if (user !== null) return user;
    throw new AppError('BAD_INPUT', `assigneeId: no such user in this workspace: ${id}.`, {
      logLevel: 'debug',
      extensions: { path: ['assigneeId'] },
    });
  };
}
