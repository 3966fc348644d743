import { AppError } from '@hoerok/shared/errors';

export const PARTICIPANT_ROLES = ['ORGANIZER', 'PRESENTER', 'ATTENDEE', 'OPTIONAL'] as const;

/** What somebody does in a meeting. */
export type ParticipantRole = (typeof PARTICIPANT_ROLES)[number];

/** Somebody to invite, decoded. */
export interface Invitation {
  readonly userId: string | null;
  readonly email: string | null;
  readonly displayName: string | null;
  readonly role: ParticipantRole;
}

const MAX_PARTICIPANTS = 500;

/**
 * The invitations that add somebody: without those who take part already, without repetitions, in order.
 * @throws AppError `BAD_INPUT` when the meeting would grow beyond 500 participants or get a second organizer.
 */
export function newInvitations(current: readonly Invitation[], invited: readonly Invitation[]): Invitation[] {
  const seen = new Set(current.map(identityOf));
  const fresh = invited.filter((invitation) => {
    const identity = identityOf(invitation);
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
  if (fresh.some(({ role }) => role === 'ORGANIZER'))
    throw refusal('A meeting has one organizer: the one who created it.');
  if (current.length + fresh.length > MAX_PARTICIPANTS)
    throw refusal(`A meeting takes ${MAX_PARTICIPANTS} participants.`);
  return fresh;
}

function identityOf({ userId, email, displayName }: Invitation): string {
  if (userId !== null) return `user:${userId}`;
  return email === null ? `name:${displayName ?? ''}` : `email:${email.toLowerCase()}`;
}

function refusal(message: string): AppError {
  return new AppError('BAD_INPUT', message, { logLevel: 'debug', extensions: { path: ['participants'] } });
}
