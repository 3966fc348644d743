import type { Job } from '@hoerok/shared/tasks';
import type { DraftMinutes } from '../domain/analysis/draft-minutes.ts';
import type { CopiedRequest } from '../domain/writing-request.ts';
import type { DroppedWork } from '../entities/minutes.entity.ts';

/** What a writer of minutes can do now. */
export interface WriterCapabilities {
  /** False when it is not set up, or is away. */
  readonly available: boolean;
  /** Null for one that is no model. */
  readonly model: string | null;
  /** BCP 47 language ranges; `*` for any. */
  readonly languages: readonly string[];
  /** For people, in English. */
  readonly note: string;
}

/** The task for which minutes are written. */
export type WritingJob = Pick<Job<unknown>, 'taskId' | 'workspaceId' | 'signal' | 'step'> & {
  readonly revision: number;
  /** Told how far the writing is, 0 to 1. */
  readonly onStage: (stage: string, fraction: number) => void;
};

/** Draft minutes with where they are from. */
export interface WrittenMinutes {
  readonly draft: DraftMinutes;
  readonly origin: MinutesWriter['origin'];
  readonly provider: string;
  readonly model: string | null;
  readonly promptVersion: string | null;
  /** Null when there was nothing to check. */
  readonly dropped: DroppedWork | null;
}

/** Writes the minutes of a transcript. */
export interface MinutesWriter {
  readonly name: string;
  readonly origin: 'EXTRACTIVE_LOCAL' | 'LLM';
  readonly capabilities: () => WriterCapabilities;
  /** Whatever costs is a step of the job: a later attempt does not pay again. */
  readonly analyze: (request: CopiedRequest, job: WritingJob) => Promise<WrittenMinutes>;
}

/** The writers of this installation. */
export interface MinutesWriters {
  readonly extractive: MinutesWriter;
  /** Null when no language model is set up. */
  readonly llm: MinutesWriter | null;
  /** The name of the one that writes when nobody chooses. */
  readonly byDefault: WriterName;
  /** What becomes of the minutes when the language model cannot write them. */
  readonly fallback: 'extractive' | 'fail';
}

export const WRITER_NAMES = ['extractive', 'llm'] as const;

/** What `Minutes.provider` says and `AnalyzeInput.provider` takes. */
export type WriterName = (typeof WRITER_NAMES)[number];

/** A writer as it is now. */
export interface WriterState extends WriterCapabilities {
  readonly name: WriterName;
  readonly origin: MinutesWriter['origin'];
  /** True for the one that writes when nobody chooses. */
  readonly isDefault: boolean;
}

/** All writers there could be; one that is not set up says so. */
export function describeWriters({ extractive, llm, byDefault }: MinutesWriters): WriterState[] {
  const none = {
    available: false,
    model: null,
    languages: [],
    note: 'Not set up: needs LLM_URL and LLM_MODEL.',
  };
  return [
    {
      name: 'extractive',
      origin: 'EXTRACTIVE_LOCAL',
      isDefault: byDefault === 'extractive',
      ...extractive.capabilities(),
    },
    { name: 'llm', origin: 'LLM', isDefault: byDefault === 'llm', ...(llm?.capabilities() ?? none) },
  ];
}
