import type { UserViewer } from '@hoerok/shared/auth';
import { type TestService, until } from '@hoerok/shared/testing';
import { expect } from 'vitest';
import type { DataSource } from 'typeorm';
import { z } from 'zod';

const LOG = `query ($state: DeliveryState, $channel: Channel, $first: Int, $after: String) {
  deliveryLog(state: $state, channel: $channel, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { node { id event channel provider state attempts lastError responseStatus nextAttemptAt sentAt messageId
      webhookId recipient { id } } } } }`;

const delivery = z.object({
  id: z.string(),
  event: z.string(),
  channel: z.string(),
  provider: z.string().nullable(),
  state: z.string(),
  attempts: z.number(),
  lastError: z.string().nullable(),
  responseStatus: z.number().nullable(),
  nextAttemptAt: z.string().nullable(),
  sentAt: z.string().nullable(),
  messageId: z.string().nullable(),
  webhookId: z.string().nullable(),
  recipient: z.object({ id: z.string() }).nullable(),
});

const logAnswer = z.object({
  deliveryLog: z.object({
    totalCount: z.number(),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    edges: z.array(z.object({ node: delivery })),
  }),
});

/** A delivery as an operator sees it. */
export type ShownDelivery = z.output<typeof delivery>;

/** The deliveries of a workspace, newest first. */
export async function readLog(
  test: TestService,
  operator: UserViewer,
  filter: object = {},
): Promise<ShownDelivery[]> {
  const { data, errors } = await test.execute(operator, LOG, filter);
  expect(errors).toBeUndefined();
  return logAnswer.parse(data).deliveryLog.edges.map(({ node }) => node);
}

/** Waits until the newest delivery by a channel is as expected, and gives it. */
export async function untilDelivery(
  test: TestService,
  operator: UserViewer,
  channel: 'EMAIL' | 'SMS' | 'WEBHOOK',
  expected: Partial<ShownDelivery>,
): Promise<ShownDelivery> {
  return await until(`a delivery by ${channel} is ${JSON.stringify(expected)}`, async () => {
    const [newest] = await readLog(test, operator, { channel });
    const fits = Object.entries(expected).every(
      ([key, value]) => newest?.[key as keyof ShownDelivery] === value,
    );
    return fits && newest;
  });
}

/** Lets everything that waits in a workspace be due now, what a worker holds too, as if its lease were over. */
export async function expire(database: DataSource, workspaceId: string): Promise<void> {
  await database.query(
    `UPDATE delivery SET next_attempt_at = now() - interval '1 second'
     WHERE workspace_id = $1 AND state = 'PENDING' AND next_attempt_at IS NOT NULL`,
    [workspaceId],
  );
}

/** Lets everything that waits in a workspace be due now, once no worker holds any of it and sets its time anew. */
export async function hurry(database: DataSource, workspaceId: string): Promise<void> {
  const held = `SELECT 1 FROM delivery WHERE workspace_id = $1 AND state = 'PENDING' AND claim IS NOT NULL`;
  await until('no worker holds a delivery', async () => {
    const rows: unknown[] = await database.query(held, [workspaceId]);
    return rows.length === 0;
  });
  await expire(database, workspaceId);
}
