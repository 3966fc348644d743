import { requireToldMeeting } from '@hoerok/shared/access';
import type { GatewayClient } from '@hoerok/shared/graphql';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { isExpired, maxAttempts, type Outcome } from '../domain/attempts.ts';
import { composeMail } from '../domain/mail.ts';
import { languageFor, writeMessage } from '../domain/messages.ts';
import type { Delivery } from '../entities/delivery.entity.ts';
import { deliveryRepository } from '../repositories/delivery-repository.ts';
import type { Mailer } from '../providers/mailer.ts';
import { INVITATION } from './add-deliveries.ts';
import type { Prepare } from './courier.ts';

const AGAIN_MS = 15_000;

const SHARE = /* GraphQL */ `
  query ShareInvitation($shareId: ID!) {
    shareInvitation(shareId: $shareId) { title url share { email access live message } }
  }
`;

const invitation = z.object({
  shareInvitation: z
    .object({
      title: z.string(),
      url: z.string().nullable(),
      share: z.object({
        email: z.string().nullable(),
        access: z.string(),
        live: z.boolean(),
        message: z.string().nullable(),
      }),
    })
    .nullable(),
});

/** What {@link prepareMail} needs. */
export interface InvitationDeps {
  readonly dataSource: DataSource;
  readonly gateway: GatewayClient;
  readonly mailer: Mailer;
  readonly clock: () => Date;
}

/** Sends e-mails: invitations of people without an account by itself, everything else by `toUsers`. */
export function prepareMail(deps: InvitationDeps, toUsers: Prepare): Prepare {
  return async (batch) => {
    const send = await toUsers(batch.filter((one) => !isInvitation(one)));
    return async (delivery) =>
      isInvitation(delivery)
        ? { provider: deps.mailer.provider, outcome: await invite(deps, delivery) }
        : await send(delivery);
  };
}

function isInvitation({ subjectType, channel }: Delivery): boolean {
  return channel === 'EMAIL' && subjectType === INVITATION;
}

async function invite(deps: InvitationDeps, delivery: Delivery): Promise<Outcome> {
  const { id, workspaceId, meetingId, subjectId: shareId, attempts, dueAt } = delivery;
  const now = deps.clock();
  if (meetingId === null) return { state: 'SUPPRESSED', error: 'GONE' };
  const again = new Date(now.getTime() + AGAIN_MS);
  const { manager } = deps.dataSource;
  if ((await deliveryRepository(manager).hiddenAmong([meetingId])).size > 0)
    return { state: 'LATER', at: again, onTime: true };
  if (isExpired('EMAIL', dueAt, now)) return { state: 'FAILED', error: 'EXPIRED', retryable: false };
  if (attempts > maxAttempts('EMAIL')) return { state: 'FAILED', error: 'CRASH_LOOP', retryable: false };
  const asked = { document: SHARE, variables: { shareId }, data: invitation, workspaceId, onBehalfOf: null };
  const answer = await deps.gateway.query(asked).catch(() => null);
  if (answer === null) return { state: 'LATER', at: again, onTime: false };
  const found = answer.shareInvitation;
  if (found === null || !found.share.live || found.share.email === null || found.url === null)
    return { state: 'SUPPRESSED', error: 'GONE' };
  const { language: tag } = await requireToldMeeting(manager, workspaceId, meetingId);
  const language = languageFor(tag);
  const { title: meetingTitle, url: link, share } = found;
  const text = writeMessage('MEETING_SHARED', { meetingTitle, access: share.access }, language);
  const body = share.message === null ? text.body : `${text.body}\n\n${share.message}`;
  const entry = { title: text.title, body, link };
  const mail = composeMail({ language, entries: [entry], digest: false, more: 0, unsubscribeUrl: null });
  return await deps.mailer.send({ ...mail, id, to: found.share.email, unsubscribeUrl: null });
}
