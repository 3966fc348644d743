import type { UserViewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type LlmUsageSum, llmUsageRepository } from '../repositories/llm-usage-repository.ts';

const usageInput = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as "2026-03"')
    .nullish(),
});

/** What a workspace has used of the language model in a month, and may use in all; null when that is not limited. */
export interface LanguageModelUsage extends LlmUsageSum {
  readonly tokensPerMonth: number | null;
}

/**
 * Reads the account of the viewer's workspace.
 * @throws AppError `FORBIDDEN` to all but ADMIN and MANAGER, `BAD_INPUT`.
 */
export function createLanguageModelUsage(deps: {
  readonly manager: EntityManager;
  readonly tokensPerMonth: number;
}): (viewer: UserViewer, input: unknown) => Promise<LanguageModelUsage> {
  return async ({ workspaceId, role }, input) => {
    if (role !== 'ADMIN' && role !== 'MANAGER')
      throw new AppError('FORBIDDEN', 'Only ADMIN and MANAGER see what the language model has cost.', {
        logLevel: 'debug',
      });
    const { month } = decodeInput(usageInput, input);
    const sum = await llmUsageRepository(deps.manager, workspaceId).sum(month ?? undefined);
    return { ...sum, tokensPerMonth: deps.tokensPerMonth === 0 ? null : deps.tokensPerMonth };
  };
}
