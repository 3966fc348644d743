/** What a recording may be, by its container. */
export type RecordingContainer = 'wav' | 'mp3' | 'mp4' | 'ogg' | 'webm' | 'flac' | 'amr' | 'awb';

/** Bytes of a file that {@link recognizeRecording} looks at. */
export const HEAD_BYTES = 64;

/** Media types that an upload of a recording may name. Which of them it is, its bytes say. */
export const RECORDING_MEDIA_TYPES = [
  'audio/wav',
  'audio/x-wav',
  'audio/wave',
  'audio/vnd.wave',
  'audio/mpeg',
  'audio/mp3',
  'audio/mp4',
  'audio/m4a',
  'audio/x-m4a',
  'audio/ogg',
  'audio/opus',
  'audio/webm',
  'audio/flac',
  'audio/x-flac',
  'audio/amr',
  'audio/amr-wb',
  'video/mp4',
  'video/webm',
] as const;

/** Brands of MP4 files that hold their own sound; QuickTime's, whose files may point to others, is not among them. */
const MP4_BRANDS = /^(M4A |M4B |M4V |mp4[12]|isom|iso[2-9]|avc1|dash|msdh|3gp[4-7]|MSNV)$/;

/** How the first packet of a stream in Ogg begins. */
const OGG_CODECS = ['OpusHead', '\u0001vorbis', '\u007fFLAC', 'Speex   '];

/**
 * The container that the first {@link HEAD_BYTES} bytes of a file are of; null for anything else, such as a playlist, an
 * archive, AVI or Matroska. Names and what a client says play no part.
 */
export function recognizeRecording(head: Buffer): RecordingContainer | null {
  const text = (from: number, to: number): string => head.toString('latin1', from, to);
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'wav';
  if (text(0, 4) === 'fLaC') return 'flac';
  if (text(0, 9) === '#!AMR-WB\n') return 'awb';
  if (text(0, 6) === '#!AMR\n') return 'amr';
  if (text(4, 8) === 'ftyp') return MP4_BRANDS.test(text(8, 12)) ? 'mp4' : null;
  if (text(0, 4) === 'OggS')
    return OGG_CODECS.some((codec) => text(26, HEAD_BYTES).includes(codec)) ? 'ogg' : null;
  if (head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3)
    return text(4, HEAD_BYTES).includes('B\u0082\u0084webm') ? 'webm' : null;
  if (text(0, 3) === 'ID3' || isMpegAudioFrame(head)) return 'mp3';
  return null;
}

/** Eleven bits of synchronization, a version that exists, layer III, a bit rate and a sample rate that exist. */
function isMpegAudioFrame(head: Buffer): boolean {
  const [sync = 0, kind = 0, rates = 0] = head;
  const isLayer3 = (kind & 0x06) === 0x02 && (kind & 0x18) !== 0x08;
  return sync === 0xff && (kind & 0xe0) === 0xe0 && isLayer3 && rates >> 4 !== 15 && (rates & 0x0c) !== 0x0c;
}

const MEDIA_TYPE: Readonly<Record<RecordingContainer, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  mp4: 'audio/mp4',
  ogg: 'audio/ogg',
  webm: 'audio/webm',
  flac: 'audio/flac',
  amr: 'audio/amr',
  awb: 'audio/amr-wb',
};

/** The media type that a container is served with; whether there are pictures in it, only who sent it knows. */
export function mediaTypeOf(container: RecordingContainer, said: string): string {
  const hasPictures = said.startsWith('video/') && (container === 'mp4' || container === 'webm');
  return hasPictures ? `video/${container}` : MEDIA_TYPE[container];
}

/** The container of a media type that {@link mediaTypeOf} gave; for the name of a file and for ffmpeg. */
export function containerOf(mediaType: string): RecordingContainer {
  const audio = mediaType.replace(/^video\//, 'audio/');
  const found = Object.entries(MEDIA_TYPE).find(([, type]) => type === audio)?.[0];
  return (found ?? 'mp4') as RecordingContainer;
}
