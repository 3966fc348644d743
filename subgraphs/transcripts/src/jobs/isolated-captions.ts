import { PermanentError } from '@hoerok/shared/errors';
import type { IsolatedWork } from '@hoerok/shared/isolation';
import type { CaptionFormat } from '../domain/captions/captions-result.ts';
import { draftTranscript, type TranscriptDraft } from '../domain/transcript-draft.ts';
import { readCaptions } from '../services/read-captions.ts';

/** A caption file as its user sent it. */
export interface CaptionsFile {
  readonly content: Uint8Array;
  readonly format: CaptionFormat | null;
}

/** A caption file that was read and cut into sections. */
export interface DraftedCaptions {
  readonly format: CaptionFormat;
  /** As `ReadCaptions.languageHint`. */
  readonly languageHint: string | null;
  readonly draft: TranscriptDraft;
}

/** Runs in a process of its own; see `createCaptionsReader`. @throws PermanentError `UNREADABLE_CAPTIONS`, `TOO_LARGE`. */
const draftCaptions: IsolatedWork<CaptionsFile, DraftedCaptions> = ({ content, format }, progress) => {
  const read = readCaptions(content, format, ({ code, message }) => new PermanentError(code, message));
  progress(0.5, 'sectioning');
  const draft = draftTranscript(read.segments);
  return { format: read.format, languageHint: read.languageHint ?? null, draft };
};
export default draftCaptions;
