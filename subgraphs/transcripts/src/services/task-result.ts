import type { TaskRow } from '@hoerok/shared/tasks';
import { z } from 'zod';

const importResult = z.object({ transcriptId: z.string() });

/** The transcript that a task of this service has produced; null while it runs, or when it failed. */
export function transcriptIdOf({ result }: TaskRow): string | null {
  return importResult.safeParse(result).data?.transcriptId ?? null;
}
