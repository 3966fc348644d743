import type { TaskRow } from '@hoerok/shared/tasks';
import { z } from 'zod';
import { type ValidationResult, validationResult } from './validation-payload.ts';

const importResult = z.object({ transcriptId: z.string() });

/** What a validation found, but for the findings themselves. */
export interface ValidationOfTask extends ValidationResult {
  readonly taskId: string;
}

/** What a task of this service found; null while it runs, when it failed, and for tasks of another kind. */
export function validationOf({ id, kind, result }: TaskRow): ValidationOfTask | null {
  const found = kind === 'TRANSCRIPT_VALIDATION' ? validationResult.safeParse(result).data : undefined;
  return found === undefined ? null : { ...found, taskId: id };
}

/** The transcript that a task of this service has produced or checked; null while it runs, or when it failed. */
export function transcriptIdOf({ result }: TaskRow): string | null {
  return importResult.safeParse(result).data?.transcriptId ?? null;
}
