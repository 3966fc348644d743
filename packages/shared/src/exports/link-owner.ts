import { z } from 'zod';
import { ROLES, type UserViewer } from '../auth/index.ts';
import { AppError } from '../errors/index.ts';
import type { GatewayClient } from '../graphql/index.ts';

const OWNER = /* GraphQL */ `
  query LinkOwner($id: ID!) { user(id: $id) { role active } }
`;

const ownerAnswer = z.object({ user: z.object({ role: z.enum(ROLES), active: z.boolean() }).nullable() });

/**
 * The owner of a link as they are by now: since it was made a role may have been taken from them, or the account.
 * @throws AppError `FORBIDDEN` for one who is not active any more; `UNAVAILABLE` when nobody can say who they are.
 */
export async function ownerOfLink(
  gateway: Pick<GatewayClient, 'query'>,
  { workspaceId, userId, sessionId }: Pick<UserViewer, 'workspaceId' | 'userId' | 'sessionId'>,
): Promise<UserViewer> {
  const { user } = await gateway.query({
    document: OWNER,
    variables: { id: userId },
    data: ownerAnswer,
    workspaceId,
    onBehalfOf: null,
  });
  if (user?.active === true) return { kind: 'user', workspaceId, userId, sessionId, role: user.role };
  throw new AppError('FORBIDDEN', 'Who asked for this link may not use it any more.', {
    logLevel: 'debug',
    extensions: { path: ['token'] },
  });
}
