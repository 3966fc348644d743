import type { IsolatedWork } from '@hoerok/shared/isolation';
import { analyzeMeeting } from '../domain/analysis/analyze-meeting.ts';
import type { AnalysisRequest, DraftMinutes } from '../domain/analysis/draft-minutes.ts';

/** What can be copied to another process: that one is killed instead of told to stop. */
export type CopiedRequest = Omit<AnalysisRequest, 'signal' | 'onStage'>;

/** Runs in a process of its own; see `createAnalysis`. */
const analyze: IsolatedWork<CopiedRequest, DraftMinutes> = (request, progress) =>
  analyzeMeeting({ ...request, onStage: (stage, share) => progress(share, stage) });
export default analyze;
