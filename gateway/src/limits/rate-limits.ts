import type { SharedBudget, Wait } from './shared-budget.ts';
import type { Asker } from './asker.ts';

/** Counts what clients ask for. */
export interface RateLimits {
  /** Takes points of whoever asks; a number says how many milliseconds there is nothing left for. */
  readonly take: (asker: Asker, points: number) => Wait | Promise<Wait>;
  /** The same without taking anything, as far as this gateway knows. */
  readonly waitOf: (asker: Asker) => Wait;
}

/** Budgets of {@link createRateLimits}; `null`: not limited. */
export interface RateBudgets {
  readonly users: SharedBudget | null;
  readonly addresses: SharedBudget | null;
}

/**
 * Users and API keys have a budget each, who is neither has that of the address. Our own services and auditors are not
 * counted.
 */
export function createRateLimits(budgets: RateBudgets): RateLimits {
  return {
    take: (asker, points) => {
      const account = accountOf(asker, budgets);
      return account === null ? null : account.budget.take(account.key, points);
    },
    waitOf: (asker) => {
      const account = accountOf(asker, budgets);
      return account === null ? null : account.budget.waitOf(account.key);
    },
  };
}

function accountOf(
  { viewer, address, isAuditor }: Asker,
  { users, addresses }: RateBudgets,
): { readonly budget: SharedBudget; readonly key: string } | null {
  if (isAuditor || viewer?.kind === 'service') return null;
  if (viewer !== null) {
    if (users === null) return null;
    const { apiKeyId, workspaceId, userId } = viewer;
    return {
      budget: users,
      key: apiKeyId === undefined ? `user:${workspaceId}:${userId}` : `key:${apiKeyId}`,
    };
  }
  return addresses === null || address === undefined
    ? null
    : { budget: addresses, key: `address:${address}` };
}
