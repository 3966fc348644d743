import type { EntityManager } from 'typeorm';

/** What language models have done for a workspace in a month. */
export interface LlmUsageSum {
  readonly month: string;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null when nothing had a price. */
  readonly costUsdMicros: number | null;
}

/** The account of one workspace. Months are those of UTC, by the clock of the database. */
export interface LlmUsageRepository {
  /** Adds to what the task has used this month. */
  readonly add: (
    taskId: string,
    used: {
      readonly inputTokens: number;
      readonly outputTokens: number;
      readonly costUsdMicros: number | null;
    },
  ) => Promise<void>;
  /** The sum of a month. @default this one */
  readonly sum: (month?: string) => Promise<LlmUsageSum>;
}

const THIS_MONTH = `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM')`;

const ADD = `
  INSERT INTO llm_usage AS known (workspace_id, month, task_id, calls, input_tokens, output_tokens, cost_usd_micros)
  VALUES ($1, ${THIS_MONTH}, $2, 1, $3, $4, $5)
  ON CONFLICT (workspace_id, month, task_id) DO UPDATE SET
    calls = known.calls + 1,
    input_tokens = known.input_tokens + excluded.input_tokens,
    output_tokens = known.output_tokens + excluded.output_tokens,
    cost_usd_micros = CASE WHEN known.cost_usd_micros IS NULL AND excluded.cost_usd_micros IS NULL THEN NULL
      ELSE coalesce(known.cost_usd_micros, 0) + coalesce(excluded.cost_usd_micros, 0) END`;

const SUM = `
  SELECT asked.month, coalesce(sum(calls), 0)::float8 AS "calls",
    coalesce(sum(input_tokens), 0)::float8 AS "inputTokens", coalesce(sum(output_tokens), 0)::float8 AS "outputTokens",
    sum(cost_usd_micros)::float8 AS "costUsdMicros"
  FROM (SELECT coalesce($2, ${THIS_MONTH}) AS month) AS asked
  LEFT JOIN llm_usage u ON u.workspace_id = $1 AND u.month = asked.month
  GROUP BY asked.month`;

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function llmUsageRepository(tx: EntityManager, workspaceId: string): LlmUsageRepository {
  return {
    add: async (taskId, { inputTokens, outputTokens, costUsdMicros }) => {
      await tx.query(ADD, [workspaceId, taskId, inputTokens, outputTokens, costUsdMicros]);
    },
    sum: async (month) => {
      const [sum]: LlmUsageSum[] = await tx.query(SUM, [workspaceId, month ?? null]);
      return sum ?? { month: month ?? '', calls: 0, inputTokens: 0, outputTokens: 0, costUsdMicros: null };
    },
  };
}
