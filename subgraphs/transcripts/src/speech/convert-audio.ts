import { join } from 'node:path';
import { PermanentError } from '@hoerok/shared/errors';
import type { RecordingContainer } from '../domain/recording-type.ts';
import { findProgram, runLimited } from './limited-program.ts';

/** Longest recording that is converted: twelve hours are 1.4 GB of WAV. */
const MAX_HOURS = 12;
const MAX_SECONDS = MAX_HOURS * 3_600;
const TIMEOUT_MS = 30 * 60_000;

/** Names of ffmpeg's readers; one is always forced, so that no file chooses what reads it. */
const DEMUXER: Readonly<Record<RecordingContainer, string>> = {
  wav: 'wav',
  mp3: 'mp3',
  mp4: 'mov',
  ogg: 'ogg',
  webm: 'matroska',
  flac: 'flac',
  amr: 'amr',
  awb: 'amr',
};

/** Makes WAV of 16 bits, 16 kHz and one channel of recordings of other kinds. */
export interface AudioConverter {
  readonly isThere: () => Promise<boolean>;
  /** Gives the path of the WAV file, in `directory`. @throws PermanentError `UNREADABLE_RECORDING`. */
  readonly toWav: (input: {
    readonly path: string;
    readonly container: RecordingContainer;
    readonly directory: string;
    readonly signal: AbortSignal;
  }) => Promise<string>;
}

/**
 * Converts by ffmpeg, which is not part of Hoerok. It opens the one file it is given and nothing else: its reader is forced, the
 * protocols it may use are `file` and `pipe`, and it gets no environment.
 * @param ffmpeg a path, or a name to be looked for on PATH.
 */
export function createConverter(ffmpeg: string): AudioConverter {
  return {
    isThere: async () => (await findProgram(ffmpeg)) !== null,
    toWav: async ({ path, container, directory, signal }) => {
      const program = await findProgram(ffmpeg);
      if (program === null) throw noConverter();
      const output = join(directory, 'converted.wav');
      const read = ['-protocol_whitelist', 'file,pipe', '-f', DEMUXER[container], '-i', path];
      const write = [
        '-map',
        '0:a:0',
        '-vn',
        '-sn',
        '-dn',
        '-map_metadata',
        '-1',
        '-t',
        String(MAX_SECONDS + 1),
      ];
      const wav = ['-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', '-f', 'wav', '-y', output];
      await runLimited({
        path: program,
        args: ['-nostdin', '-hide_banner', '-loglevel', 'error', '-threads', '1', ...read, ...write, ...wav],
        directory,
        timeoutMs: TIMEOUT_MS,
        maxMemoryMiB: 2_048,
        maxOutputBytes: 64 * 1024,
        signal,
      });
      return output;
    },
  };
}

/** For a recording that has to be converted when nothing can do it. */
export function noConverter(): PermanentError {
  return new PermanentError(
    'UNREADABLE_RECORDING',
    'This recording has to be converted or cut first, and ffmpeg is not installed here. Upload it as WAV, or as a smaller file, or ask the operator to install ffmpeg (FFMPEG_PATH).',
  );
}

/** For a recording of which only a part was converted: the rest of what was said must not be missing unnoticed. */
export function requireWhole({ durationMs }: { readonly durationMs: number }): void {
  if (durationMs <= MAX_SECONDS * 1_000) return;
  throw new PermanentError(
    'UNREADABLE_RECORDING',
    `A recording that has to be converted or cut first may last ${MAX_HOURS} hours. Upload it in parts.`,
  );
}

/** For one of which a converter makes nothing that we can read. */
export function unreadable(): PermanentError {
  return new PermanentError(
    'UNREADABLE_RECORDING',
    'The recording could not be converted; it may be damaged.',
  );
}
