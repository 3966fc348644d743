import type { EntityManager } from 'typeorm';
// Not by the index: the gateway uses this folder, and has no TypeORM.
import { noteChange } from '../database/transact.ts';

/** A family of cached values by its name; `CacheFamily` is one. */
export interface NamedFamily {
  readonly name: string;
}

/** Name of a value in its family, without the prefix of a service. */
export function entryName({ name }: NamedFamily, id: string): string {
  return `${name}:${id}`;
}

/**
 * Says in the transaction that changes them that cached values are old. Just before it commits nothing is cached under them
 * any more, and once it has committed they are dropped, before `transact` answers: whoever reads after that, in whichever
 * process, reads what was written. For the repository that writes the rows, so that no way of writing them can forget it.
 * Does nothing in a transaction that is not one of `transact`'s.
 */
export function markStale(tx: EntityManager, family: NamedFamily, ids: readonly string[]): void {
  for (const id of ids) noteChange(tx, entryName(family, id));
}

/** Id of a cached value: the workspace is part of it, so no viewer reads what another tenant's put there. */
export function tenantKey(workspaceId: string, id: string): string {
  return `${workspaceId}:${id}`;
}
