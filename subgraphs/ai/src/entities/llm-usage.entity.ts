import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `llm_usage`: what one task had a language model do in one month. It outlives the task and its meeting. */
export interface LlmUsage {
  readonly workspaceId: string;
  /** `2026-03`, by UTC. */
  readonly month: string;
  readonly taskId: string;
  readonly calls: number;
  /** Decimal digits: more than a number holds is possible in a column of this type. */
  readonly inputTokens: string;
  readonly outputTokens: string;
  /** Millionths of a US dollar; null for what was used without a price. */
  readonly costUsdMicros: string | null;
}

/** Maps {@link LlmUsage}. */
export const LlmUsageSchema = new EntitySchema<LlmUsage>({
  name: 'LlmUsage',
  tableName: 'llm_usage',
  columns: {
    workspaceId: {
      type: 'text',
      name: 'workspace_id',
      primary: true,
      primaryKeyConstraintName: 'llm_usage_pkey',
    },
    month: { type: 'text', primary: true, primaryKeyConstraintName: 'llm_usage_pkey' },
    taskId: { type: 'text', name: 'task_id', primary: true, primaryKeyConstraintName: 'llm_usage_pkey' },
    calls: { type: 'integer' },
    inputTokens: { type: 'bigint', name: 'input_tokens' },
    outputTokens: { type: 'bigint', name: 'output_tokens' },
    costUsdMicros: { type: 'bigint', name: 'cost_usd_micros', nullable: true },
  } satisfies Columns<LlmUsage>,
});
