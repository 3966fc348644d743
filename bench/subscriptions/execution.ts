import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Results } from '../tasks/measures.ts';
import { startChild } from './child.ts';
import type { Field, Shape } from './graph.ts';
import type { Stage } from './stage.ts';

/** What is executed, how often. */
export interface ExecutionRequest {
  readonly supergraphFile: string;
  readonly shape: Shape;
  readonly field: Field;
  /** Events of one batch; the median of five batches counts. */
  readonly events: number;
}

const SHAPES = ['key-only', '4 fetches side by side', '4 fetches one after another'] as const;

/** CPU of our execution alone, in a process of its own. */
export async function measureExecution(
  { surroundings }: Stage,
  field: Field,
  events: number,
): Promise<Results> {
  const file = fileURLToPath(new URL('execution-process.ts', import.meta.url));
  const child = startChild({ file, logFile: join(surroundings.folder, 'execution.log') });
  const results: Results = {};
  try {
    for (const shape of SHAPES) {
      const request: ExecutionRequest = { supergraphFile: surroundings.supergraphFile, shape, field, events };
      results[`${shape}: work of execution alone, µs`] = await child.ask<number>('measure', request);
    }
  } finally {
    await child.stop();
  }
  return results;
}
