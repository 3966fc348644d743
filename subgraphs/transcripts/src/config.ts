import { serviceEnvironment } from '@hoerok/shared/config';
import { z } from 'zod';
import { CONSENT_RULES } from './domain/recording-consent.ts';

const MIB = 1024 * 1024;
/** A multipart upload of S3 has ten thousand parts at most. */
const MOST_RECORDING_BYTES = 64 * 1024 * MIB;

/** The environment of the transcripts service. */
export const environment = serviceEnvironment
  .extend({
    /** Where clients reach this service to upload files. @default the service's own http://HOST:PORT */
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Transcripts that one workspace may import in a day (UTC); 0 does not limit. */
    IMPORTS_PER_DAY: z.coerce.number().int().min(0).default(5_000),
    /** Where recordings are kept: a directory, or a bucket that speaks S3. @default 'disk' */
    RECORDING_STORAGE: z.enum(['disk', 's3']).default('disk'),
    /** Directory of recordings; with several replicas one that they share. @default '.hoerok/recordings', below the working directory */
    RECORDINGS_DIR: z.string().min(1).default('.hoerok/recordings'),
    /** Address of the S3 server, for example https://s3.eu-central-1.amazonaws.com; needed with RECORDING_STORAGE=s3. */
    S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    S3_BUCKET: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,62}$/)
      .optional(),
    S3_REGION: z.string().min(1).default('us-east-1'),
    S3_ACCESS_KEY_ID: z.string().min(1).optional(),
    /** Better given as S3_SECRET_ACCESS_KEY_FILE. */
    S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
    /** Bytes of one recording. @default 2 GiB */
    RECORDING_MAX_BYTES: z.coerce
      .number()
      .int()
      .min(1)
      .max(MOST_RECORDING_BYTES)
      .default(2 * 1024 * MIB),
    /** MiB of recordings that one workspace may send in a day (UTC); 0 does not limit. @default 100 GiB */
    RECORDING_MIB_PER_DAY: z.coerce
      .number()
      .int()
      .min(0)
      .default(100 * 1024),
    /** Days after which a recording is deleted; 0 keeps it until somebody deletes it. @default 0 */
    RECORDING_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(0),
    /** Whose consent a recording needs: `none` asks nobody, `no-refusal` nobody may have refused, `all` must have agreed. */
    RECORDING_CONSENT: z.enum(CONSENT_RULES).default('no-refusal'),
    /** Transcriptions that one workspace may ask for in a day (UTC); 0 does not limit. */
    TRANSCRIPTIONS_PER_DAY: z.coerce.number().int().min(0).default(1_000),
    /** What turns speech into text when a client does not choose. @default 'openai' with STT_URL, else 'none' */
    STT_PROVIDER: z.enum(['none', 'openai', 'pocketsphinx']).optional(),
    /** A server with OpenAI's `audio/transcriptions`, up to and without that path, for example https://api.openai.com/v1. */
    STT_URL: z.url({ protocol: /^https?$/ }).optional(),
    STT_MODEL: z.string().min(1).default('whisper-1'),
    /** Better given as STT_API_KEY_FILE. @default none, for servers that ask for none */
    STT_API_KEY: z.string().default(''),
    /** Bytes that the server takes at a time; larger recordings are cut. @default 25 MB */
    STT_MAX_BYTES: z.coerce.number().int().min(100_000).default(25_000_000),
    /** Seconds that it is given at a time, where the length is known. */
    STT_CHUNK_SECONDS: z.coerce.number().int().min(10).max(7_200).default(1_200),
    /** Seconds that one answer may take. */
    STT_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(3_600).default(600),
    /** Calls of this process at the same time. */
    STT_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
    /** ffmpeg, for recordings that have to be converted or cut: a path, or a name on PATH. Works without as far as it goes. */
    FFMPEG_PATH: z.string().min(1).default('ffmpeg'),
    /** pocketsphinx, for STT_PROVIDER=pocketsphinx: a path, or a name on PATH. */
    POCKETSPHINX_PATH: z.string().min(1).default('pocketsphinx'),
  })
  .superRefine((given, context) => {
    const needed =
      given.RECORDING_STORAGE === 's3'
        ? (['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const)
        : [];
    for (const name of needed)
      if (given[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'is needed with RECORDING_STORAGE=s3' });
    if (given.STT_PROVIDER === 'openai' && given.STT_URL === undefined)
      context.addIssue({ code: 'custom', path: ['STT_URL'], message: 'is needed with STT_PROVIDER=openai' });
  });

export type TranscriptsConfig = z.output<typeof environment>;
