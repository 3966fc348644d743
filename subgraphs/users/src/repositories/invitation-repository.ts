import { type EntityManager, IsNull } from 'typeorm';
import { type Invitation, InvitationSchema } from '../entities/invitation.entity.ts';

/** Invitations that are open or were accepted. */
export interface InvitationRepository {
  /** Stores it in the place of an open one of the same workspace and address. */
  readonly replace: (invitation: Invitation) => Promise<void>;
  /** An open invitation, locked until the transaction ends; null when it is unknown, accepted or over. */
  readonly findOpen: (tokenHash: string, now: Date) => Promise<Invitation | null>;
  readonly accept: (id: string, at: Date) => Promise<void>;
  /** Takes back what a person has invited and nobody has accepted. */
  readonly withdrawAllOf: (userId: string) => Promise<void>;
}

/** Binds the queries to a transaction. */
export function invitationRepository(tx: EntityManager): InvitationRepository {
  return {
    replace: async (invitation) => {
      const { workspaceId, email } = invitation;
      await tx.delete(InvitationSchema, { workspaceId, email, acceptedAt: IsNull() });
      await tx.insert(InvitationSchema, invitation);
    },
    findOpen: async (tokenHash, now) => {
      const invitation = await tx.findOne(InvitationSchema, {
        where: { tokenHash, acceptedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      return invitation !== null && invitation.expiresAt > now ? invitation : null;
    },
    accept: async (id, acceptedAt) => void (await tx.update(InvitationSchema, { id }, { acceptedAt })),
    withdrawAllOf: async (invitedById) =>
      void (await tx.delete(InvitationSchema, { invitedById, acceptedAt: IsNull() })),
  };
}
