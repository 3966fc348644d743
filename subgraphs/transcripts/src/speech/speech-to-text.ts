import type { RecordingContainer } from '../domain/recording-type.ts';
import type { HeardSpeech } from '../domain/heard-speech.ts';

/** What a provider can do, for the user who chooses. */
export interface SpeechCapabilities {
  /** False when it is set up and cannot work, for example because its program is not installed. */
  readonly available: boolean;
  readonly models: readonly string[];
  /** BCP 47 tags, or null for any language. */
  readonly languages: readonly string[] | null;
  /** Whether it tells speakers apart. */
  readonly diarization: boolean;
  /** What to expect of it, honestly. */
  readonly note: { readonly en: string; readonly ko: string };
}

/** What a provider can do, with its name. */
export interface NamedCapabilities extends SpeechCapabilities {
  readonly name: string;
}

/** What a provider takes in one call. */
export interface AcceptedAudio {
  /** Containers it reads; `pcm16k` means nothing but WAV of 16 bits, 16 kHz and one channel. */
  readonly containers: readonly RecordingContainer[] | 'pcm16k';
  readonly maxBytes: number;
  /** A part is cut when it is known to last longer. */
  readonly maxSeconds: number;
}

/** A recording, or a part of one, within what the provider accepts. */
export interface SpeechPart {
  /** May lie on disk; read as often as the provider likes. */
  readonly audio: Blob;
  readonly container: RecordingContainer;
  /** Null when the file does not say it. */
  readonly durationMs: number | null;
  /** BCP 47 tag; null lets the provider find out. */
  readonly language: string | null;
  readonly signal: AbortSignal;
}

/**
 * Turns speech into text. Parts are given one at a time, so that each is paid for once (a checkpoint of the task), and times
 * count from the beginning of the part. It invents nothing: what is not understood is missing.
 */
export interface SpeechToText {
  /** As a client asks for it. */
  readonly name: string;
  readonly capabilities: () => Promise<SpeechCapabilities>;
  readonly accepts: AcceptedAudio;
  /**
   * @throws RetryAfter or a retryable AppError when it is away or too busy; PermanentError `PROVIDER_REFUSED`,
   *   `PROVIDER_ANSWER` or `UNREADABLE_RECORDING` when trying again would not help.
   */
  readonly transcribe: (part: SpeechPart) => Promise<HeardSpeech>;
  /** As `TaskDefinition.ready`. @default always ready */
  readonly ready?: (signal: AbortSignal) => Promise<void>;
}
