import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Unpacks the Homebrew bottle of a formula and of its dependencies into a folder, without installing: the
 * download cache lies beside the folder and is removed again.
 */
export async function unpackFromBrew(formula: string, folder: string): Promise<void> {
  const cache = `${folder}.brew`;
  const env = {
    ...process.env,
    HOMEBREW_CACHE: cache,
    HOMEBREW_NO_AUTO_UPDATE: '1',
    HOMEBREW_NO_ANALYTICS: '1',
  };
  try {
    await run('brew', ['fetch', '--deps', formula], { env });
    const { stdout: dependencies } = await run('brew', ['deps', formula], { env });
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    for (const name of [formula, ...dependencies.split('\n').filter(Boolean)]) {
      const { stdout: bottle } = await run('brew', ['--cache', name], { env });
      await run('tar', ['-xzf', bottle.trim(), '-C', folder]);
    }
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}
