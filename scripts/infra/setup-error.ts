/**
 * A failure of set-up whose message is one sentence for the person at the terminal: what is wrong and what
 * to do. It is printed alone, without a stack; `cause` keeps the origin.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** The text of anything thrown, on one line; many errors of a failed connection come without a message. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  // fetch() says only "fetch failed".
  if (error instanceof TypeError && error.cause !== undefined) return reasonOf(error.cause);
  const code = 'code' in error ? String(error.code) : '';
  return (error.message || code || error.name).replace(/\s*\n\s*/g, ' ').trim();
}
