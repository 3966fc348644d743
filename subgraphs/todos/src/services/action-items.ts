import type { UserViewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { z } from 'zod';

const ACTION_ITEMS = /* GraphQL */ `
  query ActionItemsById($ids: [ID!]!) {
    actionItems(ids: $ids) { id text dueAt suggestedAssignee { id } meeting { id } }
  }
`;

const actionItemsAnswer = z.object({
  actionItems: z.array(
    z
      .object({
        id: z.string(),
        text: z.string(),
        dueAt: z.iso.datetime().nullable(),
        suggestedAssignee: z.object({ id: z.string() }).nullable(),
        meeting: z.object({ id: z.string() }),
      })
      .nullable(),
  ),
});

/** An action item as a todo needs it. */
export interface ActionItem {
  readonly id: string;
  readonly text: string;
  readonly dueAt: Date | null;
  readonly assigneeId: string | null;
  readonly meetingId: string;
}

/** Knows the action items that were found in transcripts. */
export interface ActionItems {
  /** All of them, by id. @throws AppError `NOT_FOUND` naming those that are not there or hidden from the viewer. */
  readonly require: (viewer: UserViewer, ids: readonly string[]) => Promise<ReadonlyMap<string, ActionItem>>;
}

/** Asks the ai domain through the gateway, on behalf of the viewer. */
export function createActionItems(gateway: GatewayClient): ActionItems {
  return {
    require: async (viewer, ids) => {
      if (ids.length === 0) return new Map();
      const { actionItems } = await gateway.query({
        document: ACTION_ITEMS,
        variables: { ids },
        data: actionItemsAnswer,
        workspaceId: viewer.workspaceId,
        onBehalfOf: viewer.userId,
      });
      const found = new Map(
        actionItems
          .filter((item) => item !== null)
          .map(({ id, text, dueAt, suggestedAssignee, meeting }) => [
            id,
            {
              id,
              text,
              dueAt: dueAt === null ? null : new Date(dueAt),
              assigneeId: suggestedAssignee?.id ?? null,
              meetingId: meeting.id,
            },
          ]),
      );
      const missing = ids.filter((id) => !found.has(id));
      if (missing.length > 0) throw noSuchActionItem(missing);
      return found;
    },
  };
}

/** The same for an action item that is not there and for one of a meeting that the viewer may not see. */
export function noSuchActionItem(ids: readonly string[]): AppError {
  return new AppError('NOT_FOUND', `There is no such action item: ${ids.join(', ')}.`, {
    logLevel: 'debug',
    extensions: { path: ['actionItemIds'] },
  });
}
