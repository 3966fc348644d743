import { languageTagInput } from '@hoerok/shared/graphql';
import { z } from 'zod';
import { CAPTION_FORMATS } from '../domain/captions/captions-result.ts';
import { RECORDING_MEDIA_TYPES } from '../domain/recording-type.ts';
import { VERDICTS } from '../domain/verification.ts';

const id = z.string().regex(/^[\w-]{1,100}$/, 'is not an id');

/** PostgreSQL keeps no NUL, and lone surrogates are no text. */
const line = (maxChars: number): z.ZodType<string, string> =>
  z
    .string()
    .transform((text) => text.replaceAll('\0', ' ').toWellFormed().replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, 'must not be empty').max(maxChars, `takes at most ${maxChars} characters`));

/** What an import needs. The limits of the content are checked by the import itself. */
export const importTranscriptInput = z
  .object({
    meetingId: id,
    content: z.string().nullish(),
    uploadId: id.nullish(),
    format: z.enum(CAPTION_FORMATS).nullish(),
    language: languageTagInput.nullish(),
    clientMutationId: line(100).nullish(),
  })
  .refine(({ content, uploadId }) => (content == null) !== (uploadId == null), {
    message: 'give either content or uploadId',
    path: ['content'],
  });

/** Media types of the caption formats. */
export const CAPTION_MEDIA_TYPES = [
  'text/vtt',
  'application/x-subrip',
  'application/json',
  'text/plain',
] as const;

const UPLOAD_MEDIA_TYPES = [...CAPTION_MEDIA_TYPES, ...RECORDING_MEDIA_TYPES] as const;

export const createUploadInput = z.object({
  meetingId: id,
  filename: line(255),
  mimeType: z
    .string()
    .transform((type) => (type.split(';')[0] ?? '').trim().toLowerCase())
    .pipe(z.enum(UPLOAD_MEDIA_TYPES, `takes ${UPLOAD_MEDIA_TYPES.join(', ')}`)),
  bytes: z.number().int('must be a whole number').min(1, 'the file is empty, choose another one'),
});

export const verifySectionInput = z.object({
  sectionId: id,
  revision: z.number().int(),
  verdict: z.enum(VERDICTS),
  comment: line(2_000).nullish(),
});

const segmentEdit = z
  .object({
    segmentId: id,
    text: line(10_000)
      .nullish()
      .transform((text) => text ?? undefined),
    /** Null takes the speaker away; what is absent stays. */
    speakerId: id.nullish(),
  })
  .refine(({ text, speakerId }) => text !== undefined || speakerId !== undefined, {
    message: 'give a text, a speakerId, or both',
  });

export const editSectionInput = z.object({
  sectionId: id,
  baseRevision: z.number().int().min(1, 'must be a revision of the section'),
  edits: z
    .array(segmentEdit)
    .min(1, 'must not be empty')
    .max(500, 'takes at most 500 edits')
    .refine((edits) => new Set(edits.map(({ segmentId }) => segmentId)).size === edits.length, {
      message: 'must name each segment once',
    }),
});

export const splitSectionInput = z.object({
  sectionId: id,
  baseRevision: z.number().int(),
  atSegmentId: id,
});

export const lockTranscriptInput = z.object({ id });

export const unlockTranscriptInput = z.object({ id, reason: line(2_000) });

export const validateTranscriptInput = z.object({ id });

export const commentInput = z.object({ sectionId: id, text: line(2_000), segmentId: id.nullish() });

export const resolveCommentInput = z.object({ id });

export const renameSpeakerInput = z.object({ speakerId: id, label: line(200) });

export const mergeSpeakersInput = z
  .object({ fromId: id, intoId: id })
  .refine(({ fromId, intoId }) => fromId !== intoId, {
    message: 'must be another speaker',
    path: ['intoId'],
  });

export const assignSpeakerInput = z.object({ speakerId: id, userId: id.nullish() });
