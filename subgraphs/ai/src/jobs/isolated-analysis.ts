import type { IsolatedWork } from '@hoerok/shared/isolation';
import { analyzeMeeting } from '../domain/analysis/analyze-meeting.ts';
import type { DraftMinutes } from '../domain/analysis/draft-minutes.ts';
import type { CopiedRequest } from '../domain/writing-request.ts';

/** Runs in a process of its own; see `createAnalysis`. */
const analyze: IsolatedWork<CopiedRequest, DraftMinutes> = (request, progress) =>
  analyzeMeeting({ ...request, onStage: (stage, share) => progress(share, stage) });
export default analyze;
