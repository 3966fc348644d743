import { openAsBlob } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PermanentError } from '@hoerok/shared/errors';
import type { RecordingContainer } from '../domain/recording-type.ts';
import { isCuttable, quietestPlace, type WavFile, writeWavHeader } from '../domain/wav.ts';
import { type AudioSource, copyTo, fileSource, readAll, readWavOf } from './audio-source.ts';
import { type AudioConverter, noConverter, requireWhole, unreadable } from './convert-audio.ts';
import type { AcceptedAudio } from './speech-to-text.ts';
import { createWorkDirectory } from './work-directory.ts';

/** A part of a recording that a provider accepts. */
export interface AudioPart {
  /** The same for the same part of the same recording, cut in the same way. */
  readonly key: string;
  readonly container: RecordingContainer;
  readonly startMs: number;
  /** Null when the file does not say it. */
  readonly durationMs: number | null;
  /** Its bytes, in a file that the next call replaces. */
  readonly open: () => Promise<Blob>;
}

/** The parts of a recording, in order. */
export interface CutAudio extends AsyncDisposable {
  readonly parts: readonly AudioPart[];
}

/** What is to be cut, and for whom. */
export interface AudioToCut {
  readonly source: AudioSource;
  readonly container: RecordingContainer;
  readonly durationMs: number | null;
  readonly accepts: AcceptedAudio;
  readonly converter: AudioConverter;
  readonly signal: AbortSignal;
}

/** How far before the longest possible end of a part a quiet place is looked for. */
const SEARCH_SECONDS = 20;

/**
 * Makes parts of a recording that a provider accepts: the file as it is when that will do, else WAV, cut where it is quiet. WAV
 * is cut by ourselves, other kinds are converted first. Working files lie in a directory of their own until it is disposed.
 * @throws PermanentError `UNREADABLE_RECORDING` when it had to be converted and cannot be.
 */
export async function cutAudio(audio: AudioToCut): Promise<CutAudio> {
  const directory = await createWorkDirectory();
  const dispose = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    return { parts: await findParts(audio, directory), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function findParts(audio: AudioToCut, directory: string): Promise<AudioPart[]> {
  const { source, container, accepts, signal } = audio;
  const wav = container === 'wav' ? await readWavOf(source) : null;
  if (isAccepted(audio, wav) && fits(source.bytes, audio.durationMs, accepts))
    return [whole(audio, directory)];
  if (wav !== null && isAccepted(audio, wav) && isCuttable(wav))
    return await cutWav({ source, wav, accepts, directory, signal });
  if (!(await audio.converter.isThere())) {
    // Longer than it should be, but not too large: the provider may take it.
    if (isAccepted(audio, wav) && source.bytes <= accepts.maxBytes) return [whole(audio, directory)];
    throw noConverter();
  }
  const path = join(directory, 'recording');
  await copyTo(source, null, { path, signal });
  const converted = await fileSource(await audio.converter.toWav({ path, container, directory, signal }));
  await rm(path);
  const made = await readWavOf(converted);
  if (made === null) throw unreadable();
  requireWhole(made);
  return await cutWav({ source: converted, wav: made, accepts, directory, signal });
}

function isAccepted({ container, accepts }: AudioToCut, wav: WavFile | null): boolean {
  if (accepts.containers !== 'pcm16k') return accepts.containers.includes(container);
  return (
    wav !== null &&
    wav.coding === 1 &&
    wav.bitsPerSample === 16 &&
    wav.sampleRate === 16_000 &&
    wav.channels === 1
  );
}

function fits(bytes: number, durationMs: number | null, { maxBytes, maxSeconds }: AcceptedAudio): boolean {
  return bytes <= maxBytes && (durationMs === null || durationMs <= maxSeconds * 1_000);
}

function whole({ source, container, durationMs, signal }: AudioToCut, directory: string): AudioPart {
  const path = join(directory, 'part');
  return {
    key: 'whole',
    container,
    startMs: 0,
    durationMs,
    open: async () => {
      await copyTo(source, null, { path, signal });
      return await openAsBlob(path);
    },
  };
}

interface WavToCut {
  readonly source: AudioSource;
  readonly wav: WavFile;
  readonly accepts: AcceptedAudio;
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** Depends on the bytes alone: another attempt finds the same parts. */
async function cutWav(cut: WavToCut): Promise<AudioPart[]> {
  const { wav, accepts } = cut;
  const whole = (bytes: number): number => bytes - (bytes % wav.blockAlign);
  const room = accepts.maxBytes - writeWavHeader(wav, 0).length;
  const longest = whole(Math.min(room, wav.bytesPerSecond * accepts.maxSeconds));
  if (longest <= 0)
    throw new PermanentError('UNREADABLE_RECORDING', 'One sample of this recording is too large to be cut.');
  const search = whole(Math.min(wav.bytesPerSecond * SEARCH_SECONDS, Math.floor(longest / 2)));
  const parts: AudioPart[] = [];
  for (let from = 0; from < wav.dataBytes; ) {
    cut.signal.throwIfAborted();
    const left = wav.dataBytes - from;
    let bytes = Math.min(left, longest);
    if (left > longest && search > 0) {
      const start = from + longest - search;
      bytes = longest - search + quietestPlace(await samples(cut, start, search), wav);
    }
    parts.push(part(cut, from, bytes));
    from += bytes;
  }
  return parts;
}

function samples({ source, wav }: WavToCut, from: number, bytes: number): Promise<Buffer> {
  const start = wav.dataStart + from;
  return readAll(source, { start, end: start + bytes - 1 });
}

function part({ source, wav, directory, signal }: WavToCut, from: number, bytes: number): AudioPart {
  const toMs = (count: number): number => Math.round((count / wav.bytesPerSecond) * 1_000);
  const path = join(directory, 'part');
  const start = wav.dataStart + from;
  return {
    key: `${from}+${bytes}`,
    container: 'wav',
    startMs: toMs(from),
    durationMs: toMs(bytes),
    open: async () => {
      await writeFile(path, writeWavHeader(wav, bytes), { mode: 0o600 });
      await copyTo(source, { start, end: start + bytes - 1 }, { path, signal, append: true });
      return await openAsBlob(path);
    },
  };
}
