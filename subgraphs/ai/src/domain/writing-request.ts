import type { AnalysisRequest } from './analysis/draft-minutes.ts';

/** What minutes are written from. It can be copied to another process: that one is killed instead of told to stop. */
export type CopiedRequest = Omit<AnalysisRequest, 'signal' | 'onStage'>;
