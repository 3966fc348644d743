import type { Role, Viewer } from '@hoerok/shared/auth';
import { markStale, tenantKey } from '@hoerok/shared/cache';
import type { Page } from '@hoerok/shared/graphql';
import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { maySeeEmails } from '../domain/email-visibility.ts';
import { type User, UserSchema } from '../entities/user.entity.ts';
import { PROFILES } from './profile-family.ts';

/** Which people to list; all conditions hold. */
export interface UserFilter {
  readonly ids?: readonly string[] | undefined;
  readonly text?: string | undefined;
  readonly role?: Role | undefined;
  readonly active?: boolean | undefined;
}

/** People of one workspace; nobody outside of it can be read or written through it. */
export interface UserRepository {
  readonly findMany: (ids: readonly string[]) => Promise<User[]>;
  /** Locks the row until the transaction ends. */
  readonly findForUpdate: (id: string) => Promise<User | null>;
  /** By name, from the end for a page that is read backward; up to `page.limit + 1` rows and the count of all. */
  readonly list: (viewer: Viewer, filter: UserFilter, page: Page) => Promise<{ rows: User[]; total: number }>;
  /** False when the e-mail has an account already. */
  readonly insert: (user: User) => Promise<boolean>;
  readonly update: (user: User) => Promise<void>;
  /** Active people with the role ADMIN. */
  readonly countAdmins: () => Promise<number>;
}

// Weaker than FOR UPDATE: rows that refer to the locked one can still be inserted beside it.
const ROW_LOCK = { mode: 'for_no_key_update' } as const;

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function userRepository(tx: EntityManager, workspaceId: string): UserRepository {
  return {
    findMany: (ids) => tx.findBy(UserSchema, { workspaceId, id: In([...ids]) }),
    findForUpdate: (id) => tx.findOne(UserSchema, { where: { id, workspaceId }, lock: ROW_LOCK }),
    list: async (viewer, filter, page) => {
      const query = restrict(tx.createQueryBuilder(UserSchema, 'u').where({ workspaceId }), viewer, filter);
      const total = await query.getCount();
      if (page.after !== undefined) {
        const [name, id] = page.after;
        const sign = page.backward === true ? '<' : '>';
        query.andWhere(`(u.name, u.id) ${sign} (:name, :id)`, { name, id });
      }
      const direction = page.backward === true ? 'DESC' : 'ASC';
      query.orderBy({ 'u.name': direction, 'u.id': direction }).take(page.limit + 1);
      return { rows: await query.getMany(), total };
    },
    insert: async (user) => {
      const result = await tx
        .createQueryBuilder()
        .insert()
        .into(UserSchema)
        .values({ ...user, workspaceId })
        .orIgnore()
        .returning('id')
        .execute();
      const inserted: unknown = result.raw;
      return Array.isArray(inserted) && inserted.length === 1;
    },
    update: async (user) => {
      markStale(tx, PROFILES, [tenantKey(workspaceId, user.id)]);
      await tx.update(UserSchema, { id: user.id, workspaceId }, user);
    },
    countAdmins: () => tx.countBy(UserSchema, { workspaceId, role: 'ADMIN', active: true }),
  };
}

function restrict(
  query: SelectQueryBuilder<User>,
  viewer: Viewer,
  filter: UserFilter,
): SelectQueryBuilder<User> {
  // A guest of one meeting does not walk through the directory: names it sees where people stand, by their ids.
  if (viewer.kind === 'user' && viewer.role === 'GUEST' && filter.ids === undefined)
    query.andWhere('u.id = :self', { self: viewer.userId });
  if (filter.ids !== undefined) query.andWhere('u.id = ANY(:ids)', { ids: filter.ids });
  if (filter.role !== undefined) query.andWhere('u.role = :role', { role: filter.role });
  if (filter.active !== undefined) query.andWhere('u.active = :active', { active: filter.active });
  if (filter.text !== undefined) {
    const places = ['u.name', "array_to_string(u.aliases, E'\\n')"];
    // Who may not read addresses must not find them out letter by letter either.
    if (maySeeEmails(viewer)) places.push('u.email');
    const matches = places.map((place) => `${place} ILIKE '%' || :text || '%'`);
    query.andWhere(`(${matches.join(' OR ')})`, { text: filter.text.replace(/[\\%_]/g, '\\$&') });
  }
  return query;
}
