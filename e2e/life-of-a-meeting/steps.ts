import { until } from '@hoerok/shared/testing';
import { expect } from 'vitest';
import { z } from 'zod';
import { register, type Session, type SubscriptionEvent } from '../stack/session.ts';
import { openSocket, operation, type Socket, type Watch } from '../subscriptions/watch.ts';

const INVITE = `mutation ($email: String!) { inviteUser(email: $email, role: MEMBER) { token userErrors { code } } }`;
const TASKS =
  'subscription { myTaskUpdated { kind status attempt error { code retryable } meeting { id } } }';

/** Somebody who is signed in, with what concerns them on screen. */
export interface Person extends Session {
  readonly socket: Socket;
  readonly notices: Watch;
  readonly tasks: Watch;
}

/** The value of the one root field, decoded. */
export async function ask<T>(
  who: Session,
  schema: z.ZodType<T>,
  document: string,
  variables: object = {},
): Promise<T> {
  return schema.parse(Object.values(await who.data(document, variables))[0]);
}

const payload = z.looseObject({ userErrors: z.array(z.object({ code: z.string() })) });

/** The payload of a mutation that must go through. */
export async function act(
  who: Session,
  document: string,
  variables: object,
): Promise<z.output<typeof payload>> {
  const answer = await ask(who, payload, document, variables);
  expect(answer.userErrors).toEqual([]);
  return answer;
}

/** The codes of a mutation's user errors. */
export async function refusal(who: Session, document: string, variables: object): Promise<string[]> {
  return (await ask(who, payload, document, variables)).userErrors.map(({ code }) => code);
}

/** The nodes of a connection. */
export function nodesOf<T>(node: z.ZodType<T>): z.ZodType<T[]> {
  return z
    .object({ edges: z.array(z.object({ node })) })
    .transform(({ edges }) => edges.map((edge) => edge.node));
}

/** The first event, past or to come, whose data holds all of `wanted`. */
export async function told(watch: Watch, wanted: object): Promise<SubscriptionEvent> {
  return await watch.seen(JSON.stringify(wanted), ({ data }) => holds(data, wanted));
}

function holds(actual: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return Object.is(actual, wanted);
  if (typeof actual !== 'object' || actual === null) return false;
  return Object.entries(wanted).every(([key, value]) => holds(Reflect.get(actual, key), value));
}

const notice = z.object({ id: z.string(), title: z.string() });

/** The notification of that kind about that object. */
export async function notified(
  { notices }: Person,
  kind: string,
  subjectId: string,
): Promise<z.output<typeof notice>> {
  const { data } = await told(notices, { notificationReceived: { kind, subject: { id: subjectId } } });
  return notice.parse(data?.['notificationReceived']);
}

/** The ADMIN and three MEMBERs of a new workspace, all of them connected. */
export async function gather(
  profile: { readonly locale: string; readonly gatewayUrl: string },
  ...names: readonly [string, string, string]
): Promise<[Person, Person, Person, Person]> {
  const admin = connect(await register('Admin', profile));
  const members = await Promise.all(
    names.map(async (name, n) => {
      const invitation = await act(admin, INVITE, { email: `member-${n}-${Date.now()}@hoerok.example` });
      return connect(await register(name, { ...profile, invitationToken: String(invitation['token']) }));
    }),
  );
  const participants = members.map(({ userId }) => ({ userId }));
  const input = { title: 'Warm-up', scheduledStart: '2026-03-04T01:00:00Z', timeZone: 'UTC', participants };
  await until('everybody hears of what concerns them', async () => {
    await act(admin, operation('create-meeting'), { input });
    return members.every(({ notices }) => notices.events.length > 0);
  });
  const [first, second, third] = members as [Person, Person, Person];
  return [admin, first, second, third];
}

/** Opens the streams of somebody. */
export function connect(who: Session): Person {
  const socket = openSocket(who);
  const notices = socket.watch(operation('notification-received'));
  return { ...who, socket, notices, tasks: socket.watch(TASKS) };
}
