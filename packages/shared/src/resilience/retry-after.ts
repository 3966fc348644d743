/**
 * Milliseconds that a `retry-after` asks for, in seconds or as a date (RFC 9110, section 10.2.3); undefined without one, and for
 * one that is neither.
 * @param atMostMs what is longer is cut to this.
 */
export function retryAfterMs(header: string | null | undefined, atMostMs: number): number | undefined {
  if (header == null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1_000;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), atMostMs);
}
