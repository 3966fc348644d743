/** Bytes of a file from `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What a `content-range` says of the body that comes with it (RFC 9110, section 14.4). */
export interface ContentRange extends ByteRange {
  /** Null for `*`. */
  readonly total: number | null;
}

const MAX_DIGITS = 15;

/** Reads `bytes 0-499/1234` or `bytes 0-499/*`; null for any other text. */
export function readContentRange(header: string): ContentRange | null {
  const [, from = '', to = '', of = ''] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header.trim()) ?? [];
  if (from === '' || [from, to, of].some((digits) => digits.length > MAX_DIGITS)) return null;
  const [start, end, total] = [Number(from), Number(to), of === '*' ? null : Number(of)];
  return end < start || (total !== null && end >= total) ? null : { start, end, total };
}

/**
 * The part of a file of `bytes` bytes that a `range` asks for: null for all of it (no header, several ranges, another unit),
 * `unsatisfiable` for one that lies outside (RFC 9110, section 14.2).
 */
export function readRange(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | null {
  const [whole, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (whole === undefined || (from === '' && to === '')) return null;
  if (from === '') {
    const last = Math.min(Number(to), bytes);
    return last === 0 ? 'unsatisfiable' : { start: bytes - last, end: bytes - 1 };
  }
  const [start, end] = [Number(from), to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)];
  if (to !== '' && Number(to) < start) return null;
  return start >= bytes ? 'unsatisfiable' : { start, end };
}
