import type { Transact } from '@hoerok/shared/database';
import { PermanentError } from '@hoerok/shared/errors';
import type { EntityManager } from 'typeorm';
import { llmUsageRepository } from '../repositories/llm-usage-repository.ts';

/** US dollars for a million tokens. */
export interface TokenPrice {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
}

/** What a call is for. */
export interface Payer {
  readonly workspaceId: string;
  readonly taskId: string;
}

/** The tokens that workspaces may use in a month, and what they have used. */
export interface TokenBudget {
  /**
   * Sets aside what a call takes at least; call the answer when the call has been charged or was not made.
   * @throws PermanentError `BUDGET_SPENT`. A call that begins within the budget is finished, so that a workspace may end
   * the month beyond it by one answer for each call at a time.
   */
  readonly reserve: (payer: Payer, tokens: number) => Promise<() => void>;
  /** Writes down what a call has used, whether or not its answer was of use. */
  readonly charge: (
    payer: Payer,
    used: { readonly inputTokens: number; readonly outputTokens: number },
  ) => Promise<void>;
}

/** Counts in the service's own database. */
export function createTokenBudget(deps: {
  readonly manager: EntityManager;
  readonly transact: Transact;
  /** 0 does not limit. */
  readonly tokensPerMonth: number;
  readonly price: TokenPrice | null;
}): TokenBudget {
  const reserved = new Map<string, number>();
  const add = (workspaceId: string, tokens: number): void => {
    const left = (reserved.get(workspaceId) ?? 0) + tokens;
    if (left > 0) reserved.set(workspaceId, left);
    else reserved.delete(workspaceId);
  };
  return {
    reserve: async ({ workspaceId }, tokens) => {
      add(workspaceId, tokens);
      const release = (): void => add(workspaceId, -tokens);
      try {
        if (deps.tokensPerMonth > 0) {
          const { inputTokens, outputTokens } = await llmUsageRepository(deps.manager, workspaceId).sum();
          if (inputTokens + outputTokens + (reserved.get(workspaceId) ?? 0) > deps.tokensPerMonth)
            throw new PermanentError('BUDGET_SPENT', 'The language model tokens of this month are used up.');
        }
        return release;
      } catch (error) {
        release();
        throw error;
      }
    },
    charge: async ({ workspaceId, taskId }, used) => {
      const costUsdMicros = deps.price === null ? null : costOf(deps.price, used);
      await deps.transact(
        (tx) => llmUsageRepository(tx, workspaceId).add(taskId, { ...used, costUsdMicros }),
        { single: true },
      );
    },
  };
}

/** A dollar for a million tokens is a millionth of a dollar for one. */
function costOf(
  price: TokenPrice,
  used: { readonly inputTokens: number; readonly outputTokens: number },
): number {
  return Math.round(used.inputTokens * price.inputPerMillion + used.outputTokens * price.outputPerMillion);
}
