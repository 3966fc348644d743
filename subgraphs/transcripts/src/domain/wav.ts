/** What the header of a WAV file says. */
export interface WavFile {
  /** 1 is PCM, 3 floating point; WAVE_FORMAT_EXTENSIBLE is resolved to what it stands for. */
  readonly coding: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  /** Bytes of one sample of all channels. */
  readonly blockAlign: number;
  readonly bytesPerSecond: number;
  readonly durationMs: number;
  /** Where the samples begin, and how many bytes of them there are. */
  readonly dataStart: number;
  readonly dataBytes: number;
  /** The content of the `fmt ` chunk, for a header of the same format. */
  readonly format: Buffer;
}

const EXTENSIBLE = 0xfffe;
const PCM = 1;
const FLOATING_POINT = 3;
/** No recorder samples slower. Whoever claims one second to have a handful of samples makes thousands of parts of a file. */
const MIN_SAMPLE_RATE = 4_000;

/**
 * Reads the header of a WAV file from its first bytes. A length that is missing or lies, as of a recorder that was cut off, is
 * taken from the size of the file.
 * @returns null for a header that makes no sense or does not end within `head`.
 */
export function readWav(head: Buffer, fileBytes: number): WavFile | null {
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') return null;
  let format: Buffer | undefined;
  for (let at = 12; at + 8 <= head.length; ) {
    const id = head.toString('latin1', at, at + 4);
    const size = head.readUInt32LE(at + 4);
    const start = at + 8;
    if (id === 'data')
      return format === undefined
        ? null
        : describe(format, start, Math.min(size || Infinity, fileBytes - start));
    if (id === 'fmt ') {
      if (size < 16 || start + size > head.length) return null;
      format = head.subarray(start, start + size);
    }
    at = start + size + (size % 2);
  }
  return null;
}

function describe(format: Buffer, dataStart: number, available: number): WavFile | null {
  const tag = format.readUInt16LE(0);
  const blockAlign = format.readUInt16LE(12);
  const sampleRate = format.readUInt32LE(4);
  const coding = tag === EXTENSIBLE && format.length >= 26 ? format.readUInt16LE(24) : tag;
  if (blockAlign === 0 || sampleRate < MIN_SAMPLE_RATE || available <= 0) return null;
  // Of plain samples it follows from the rest, whatever the header says; compressed ones have a rate of their own.
  const isPlain = coding === PCM || coding === FLOATING_POINT;
  const bytesPerSecond = (isPlain ? 0 : format.readUInt32LE(8)) || blockAlign * sampleRate;
  const dataBytes = available - (available % blockAlign);
  return {
    coding,
    channels: format.readUInt16LE(2),
    sampleRate,
    bitsPerSample: format.readUInt16LE(14),
    blockAlign,
    bytesPerSecond,
    durationMs: Math.min(2 ** 31 - 1, Math.round((dataBytes / bytesPerSecond) * 1_000)),
    dataStart,
    dataBytes,
    format: Buffer.from(format),
  };
}

/** The header of a WAV file with `dataBytes` bytes of samples of the same format. */
export function writeWavHeader({ format }: Pick<WavFile, 'format'>, dataBytes: number): Buffer {
  const header = Buffer.alloc(12 + 8 + format.length + 8);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(header.length - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(format.length, 16);
  format.copy(header, 20);
  header.write('data', 20 + format.length, 'latin1');
  header.writeUInt32LE(dataBytes, 24 + format.length);
  return header;
}

/** Whether samples can be cut between any two of them. */
export function isCuttable({ coding, blockAlign, channels, bitsPerSample }: WavFile): boolean {
  return (
    (coding === PCM || coding === FLOATING_POINT) && blockAlign === Math.ceil(bitsPerSample / 8) * channels
  );
}

const WINDOW_SECONDS = 0.2;

/**
 * The quietest place of a stretch of samples, as a number of bytes from its beginning; its end when the samples are not of 16
 * bits. Linear in the length of the stretch.
 */
export function quietestPlace(samples: Buffer, wav: WavFile): number {
  const window = Math.floor(wav.sampleRate * WINDOW_SECONDS) * wav.blockAlign;
  if (wav.coding !== PCM || wav.bitsPerSample !== 16 || samples.length < 2 * window) return samples.length;
  let best = samples.length;
  let least = Infinity;
  for (let start = 0; start + window <= samples.length; start += window) {
    let energy = 0;
    for (let at = start; at < start + window; at += 2) energy += Math.abs(samples.readInt16LE(at));
    // Of two that are as quiet the later one: the fewer parts the better.
    if (energy > least) continue;
    least = energy;
    best = start + Math.floor(window / wav.blockAlign / 2) * wav.blockAlign;
  }
  return best;
}
