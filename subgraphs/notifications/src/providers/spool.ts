import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const EXTENSIONS = ['eml', 'txt', 'json'] as const;

/** Keeps messages that no provider takes in files that people can read. */
export interface Spool {
  /** Writes, or writes again, the files of a message: there whole or not at all. */
  readonly write: (
    id: string,
    files: Readonly<Partial<Record<(typeof EXTENSIONS)[number], string | Uint8Array>>>,
  ) => Promise<void>;
  /** Deletes the files of messages; those that are not there are no error. */
  readonly remove: (ids: readonly string[]) => Promise<void>;
}

/** Builds the spool in `folder`, which is made when the first message comes. Nobody but this user may read it. */
export function createSpool(folder: string): Spool {
  const pathOf = (id: string, extension: string): string => {
    // Ids are ours, but a path is no place to rely on that.
    if (!/^[\w-]+$/.test(id)) throw new Error('An id of a message that is no file name.');
    return join(folder, `${id}.${extension}`);
  };
  return {
    write: async (id, files) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const [extension, content] of Object.entries(files)) {
        const path = pathOf(id, extension);
        await writeFile(`${path}.part`, content, { mode: 0o600 });
        await rename(`${path}.part`, path);
      }
    },
    remove: async (ids) => {
      for (const id of ids)
        for (const extension of EXTENSIONS) {
          await rm(pathOf(id, extension), { force: true });
          await rm(`${pathOf(id, extension)}.part`, { force: true });
        }
    },
  };
}
