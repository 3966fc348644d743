import type { EntityManager } from 'typeorm';
import { CredentialSchema } from '../entities/credential.entity.ts';
import { type User, UserSchema } from '../entities/user.entity.ts';

/** What signing in asks while no workspace is known yet: the only reads of people that are bound to none. */
export interface AccountRepository {
  readonly findByEmail: (email: string) => Promise<User | null>;
  readonly findById: (userId: string) => Promise<User | null>;
  /** Locks the row until the transaction ends. */
  readonly findForUpdate: (userId: string) => Promise<User | null>;
  readonly passwordHashOf: (userId: string) => Promise<string | null>;
  readonly storePassword: (userId: string, passwordHash: string) => Promise<void>;
  readonly changePassword: (userId: string, passwordHash: string) => Promise<void>;
}

/** Binds the queries to a transaction or the manager. */
export function accountRepository(tx: EntityManager): AccountRepository {
  return {
    findByEmail: (email) => tx.findOneBy(UserSchema, { email }),
    findById: (id) => tx.findOneBy(UserSchema, { id }),
    findForUpdate: (id) => tx.findOne(UserSchema, { where: { id }, lock: { mode: 'for_no_key_update' } }),
    passwordHashOf: async (userId) =>
      (await tx.findOneBy(CredentialSchema, { userId }))?.passwordHash ?? null,
    storePassword: async (userId, passwordHash) =>
      void (await tx.insert(CredentialSchema, { userId, passwordHash })),
    changePassword: async (userId, passwordHash) =>
      void (await tx.update(CredentialSchema, { userId }, { passwordHash })),
  };
}
