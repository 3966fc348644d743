import { AppError } from '@hoerok/shared/errors';

/**
 * The JSON of a body that says it is JSON; `undefined` for every other content type.
 * @throws AppError `BAD_INPUT` when it is not.
 */
export function parseJson(body: Buffer, contentType: string | undefined): unknown {
  if (!/^application\/(json|[\w.+-]+\+json)\b/i.test(contentType ?? '')) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('BAD_INPUT', 'The body is not valid JSON.', { logLevel: 'debug' });
  }
}
