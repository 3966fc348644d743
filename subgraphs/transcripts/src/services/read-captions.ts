import type { AppError } from '@hoerok/shared/errors';
import { decodeCaptions } from '../domain/captions/captions.ts';
import type { CaptionFormat, CaptionsResult, ReadCaptions } from '../domain/captions/captions-result.ts';

/** What a caption file is refused with: `UNREADABLE_CAPTIONS` or `TOO_LARGE`, and the parser's words. */
export interface CaptionsRefusal {
  readonly code: 'UNREADABLE_CAPTIONS' | 'TOO_LARGE';
  readonly message: string;
}

/**
 * Reads a caption file; what is wrong with it becomes an error made by `refuse`.
 * @throws AppError as `refuse` makes it.
 */
export function readCaptions(
  content: Uint8Array,
  format: CaptionFormat | null,
  refuse: (refusal: CaptionsRefusal) => AppError,
): ReadCaptions {
  const result: CaptionsResult = decodeCaptions(content, format ?? undefined);
  if (result.ok) return result;
  const code = result.error.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'UNREADABLE_CAPTIONS';
  throw refuse({ code, message: result.error.message });
}
