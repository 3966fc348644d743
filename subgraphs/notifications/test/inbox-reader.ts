import type { UserViewer, Viewer } from '@hoerok/shared/auth';
import type { EventContract, EventPayload } from '@hoerok/shared/contracts';
import { publishEvent, type TestService, until } from '@hoerok/shared/testing';
import { expect } from 'vitest';
import { z } from 'zod';

const NOTIFICATIONS = `query ($r: [_Any!]!, $first: Int, $after: String, $unreadOnly: Boolean, $language: String) {
  _entities(representations: $r) { ... on User { notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
    totalCount unreadCount pageInfo { hasNextPage endCursor }
    edges { node { id kind title(language: $language) body readAt recipient { id } subject { __typename
      ... on Meeting { id } ... on Transcript { id } ... on Minutes { id } ... on Todo { id } } } } } } } }`;

const inboxAnswer = z.object({
  totalCount: z.number(),
  unreadCount: z.number(),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  edges: z.array(
    z.object({
      node: z.object({
        id: z.string(),
        kind: z.string(),
        title: z.string(),
        body: z.string(),
        readAt: z.string().nullable(),
        recipient: z.object({ id: z.string() }),
        subject: z.object({ __typename: z.string(), id: z.string() }).nullable(),
      }),
    }),
  ),
});

type Inbox = z.output<typeof inboxAnswer>;

/** The notifications of a user as the viewer (by default the same person) reads them. */
export async function readInbox(
  test: TestService,
  user: UserViewer,
  options: { readonly viewer?: Viewer; readonly args?: object } = {},
): Promise<Inbox> {
  const r = [{ __typename: 'User', id: user.userId }];
  const { data, errors } = await test.execute(options.viewer ?? user, NOTIFICATIONS, { r, ...options.args });
  expect(errors).toBeUndefined();
  return z.object({ _entities: z.tuple([z.object({ notifications: inboxAnswer })]) }).parse(data)._entities[0]
    .notifications;
}

/** The kinds of a user's notifications, newest first. */
export async function kindsOf(test: TestService, user: UserViewer): Promise<string[]> {
  return (await readInbox(test, user)).edges.map(({ node }) => node.kind);
}

/** Waits until a user has been told as often as expected; then it has to be exactly this, newest first. */
export async function expectTold(
  test: TestService,
  user: UserViewer,
  ...kinds: readonly string[]
): Promise<void> {
  const told = (): Promise<string[]> => kindsOf(test, user);
  await until(`${kinds.join(', ')} has been told`, async () => (await told()).length >= kinds.length);
  expect(await told()).toEqual(kinds);
}

/** An event that its service publishes in a workspace, caused by `actor`. */
export interface ToldEvent<C extends EventContract> {
  readonly contract: C;
  readonly payload: EventPayload<C> & { readonly id: string };
  readonly workspaceId: string;
  readonly actor?: UserViewer | null;
  readonly id?: string;
}

/** Publishes an event of another service. */
export async function publish<C extends EventContract>(
  test: TestService,
  event: ToldEvent<C>,
): Promise<void> {
  await publishEvent(test.namespace, event.contract, {
    workspaceId: event.workspaceId,
    aggregateId: event.payload.id,
    payload: event.payload,
    actorId: event.actor?.userId ?? null,
    ...(event.id === undefined ? {} : { id: event.id }),
  });
}
