import { Writable } from 'node:stream';
import { QueryFailedError } from 'typeorm';
import { expect, it } from 'vitest';
import { createLogger } from './logger.ts';

it('keeps what a failed query was to store out of the log', () => {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const refused = Object.assign(new Error('duplicate key'), {
    detail: 'Key (email)=(a@example.com) exists.',
  });
  const logger = createLogger({ service: 'test', level: 'info', destination });
  logger.error(
    { err: new QueryFailedError('INSERT INTO t VALUES ($1)', ['a@example.com'], refused) },
    'failed',
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('duplicate key');
  expect(lines[0]).not.toContain('a@example.com');
});
