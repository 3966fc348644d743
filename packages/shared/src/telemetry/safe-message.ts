/**
 * The message of an error, fit for logs and traces: JSON.parse and PostgreSQL's data exceptions (class 22) quote the
 * value that they refuse, which may be anything that a person said. Drivers quote the URL that they cannot reach, password
 * and all.
 */
export function safeMessage(error: unknown): string {
  if (!(error instanceof Error)) return 'Something else than an error was thrown.';
  const { code } = error as { readonly code?: unknown };
  const quotes = error.name === 'SyntaxError' || (typeof code === 'string' && code.startsWith('22'));
  const message = quotes ? error.message.replaceAll(/"[^]*"/g, '"[redacted]"') : error.message;
  return message.replaceAll(/:\/\/[^\s/@]*@/g, '://[redacted]@');
}
