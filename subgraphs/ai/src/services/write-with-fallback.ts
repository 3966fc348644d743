import { AppError } from '@hoerok/shared/errors';
import type { CopiedRequest } from '../domain/writing-request.ts';
import type { FallbackCode } from '../domain/fallback.ts';
import type {
  MinutesWriter,
  MinutesWriters,
  WriterName,
  WritingJob,
  WrittenMinutes,
} from './minutes-writer.ts';

/** Minutes, and why they are not by the writer that was to write them. */
export interface ChosenMinutes extends WrittenMinutes {
  readonly fallbackCode: FallbackCode | null;
}

/** The writer of that name, or the one by default. @throws AppError `LLM_NOT_CONFIGURED`. */
export function chooseWriter(writers: MinutesWriters, name: WriterName | null): MinutesWriter {
  const writer = (name ?? writers.byDefault) === 'llm' ? writers.llm : writers.extractive;
  if (writer !== null) return writer;
  throw new AppError('LLM_NOT_CONFIGURED', 'No language model is set up.', {
    logLevel: 'debug',
    extensions: { path: ['provider'] },
  });
}

/**
 * Has the chosen writer write. What a language model cannot write, the local analysis does when the configuration says so:
 * at once when trying again would not help, else with the last attempt.
 */
export async function writeWithFallback(
  writers: MinutesWriters,
  order: {
    readonly provider: WriterName | null;
    readonly request: CopiedRequest;
    readonly job: WritingJob;
    readonly isLastAttempt: boolean;
    /** Told of a failure that the minutes will show only as their `fallbackCode`. */
    readonly onFallback: (error: unknown, code: FallbackCode) => void;
  },
): Promise<ChosenMinutes> {
  const { request, job } = order;
  try {
    const writer = chooseWriter(writers, order.provider);
    return { ...(await writer.analyze(request, job)), fallbackCode: null };
  } catch (error) {
    const code = job.signal.aborted ? null : fallbackCodeOf(error, { ...order, llm: writers.llm });
    if (code === null || writers.fallback === 'fail') throw error;
    order.onFallback(error, code);
    return { ...(await writers.extractive.analyze(request, job)), fallbackCode: code };
  }
}

function fallbackCodeOf(
  error: unknown,
  { isLastAttempt, llm }: { readonly isLastAttempt: boolean; readonly llm: MinutesWriter | null },
): FallbackCode | null {
  if (!(error instanceof AppError)) return null;
  switch (error.code) {
    case 'BUDGET_SPENT':
    case 'LLM_NOT_CONFIGURED':
    case 'PROVIDER_REFUSED':
    case 'PROVIDER_ANSWER':
      return error.code;
    case 'UNAVAILABLE':
    case 'TIMEOUT':
      return isLastAttempt || llm?.capabilities().available === false ? 'PROVIDER_UNAVAILABLE' : null;
    default:
      return null;
  }
}
