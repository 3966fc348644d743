import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The secret of that name, made on first use and kept in `<stateDir>/secrets` (folder 0700, file 0600).
 * 48 hexadecimal digits, so it needs no quoting in a URL, in SQL or in a configuration file.
 * Two processes that ask for a new one at the same time get the same.
 */
export function keepSecret(stateDir: string, name: string): string {
  const folder = join(stateDir, 'secrets');
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    writeFileSync(draft, randomBytes(24).toString('hex'), { mode: 0o600 });
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}
