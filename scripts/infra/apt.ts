import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deriveSources, type SourceFile } from './apt-sources.ts';
import { reasonOf } from './setup-error.ts';
import { compareVersions } from './versions.ts';

const run = promisify(execFile);

/**
 * Unpacks a Debian or Ubuntu package of the machine's own mirror into a folder, with the libraries the
 * machine lacks. apt works on lists and caches beside that folder, which are removed again; nothing is
 * installed, nothing of the system is written, and root is not needed.
 * With `laterSuites` the newest version that `runs` wins, from the machine's suites or later ones.
 */
export async function unpackFromApt(
  source: { readonly name: string; readonly laterSuites: boolean },
  folder: string,
  runs: () => Promise<boolean>,
): Promise<void> {
  const work = `${folder}.apt`;
  await rm(work, { recursive: true, force: true });
  try {
    const apt = await prepareApt(work, source.laterSuites);
    if (!source.laterSuites) {
      await run('apt-get', [
        ...apt,
        '--yes',
        '--no-install-recommends',
        '--download-only',
        'install',
        source.name,
      ]);
      await unpackAll(join(work, 'cache', 'archives'), folder);
      return;
    }
    const { stdout } = await run('apt-cache', [...apt, 'madison', source.name]);
    const versions = new Set(stdout.split('\n').flatMap((row) => row.split('|')[1]?.trim() ?? []));
    for (const version of [...versions].sort((a, b) => compareVersions(b, a))) {
      const downloads = join(work, version.replaceAll(/[^\w.-]/g, '_'));
      await mkdir(downloads);
      await run('apt-get', [...apt, 'download', `${source.name}=${version}`], { cwd: downloads });
      await unpackAll(downloads, folder);
      if (await runs()) return;
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Makes apt's private folders, fetches the lists, and answers the options that make apt use them. */
async function prepareApt(work: string, laterSuites: boolean): Promise<string[]> {
  const release = await readFile('/etc/os-release', 'utf8');
  const sources = deriveSources(await systemSources(), {
    id: /^ID="?([^"\n]*)/m.exec(release)?.[1] ?? '',
    codename: /^VERSION_CODENAME="?([^"\n]*)/m.exec(release)?.[1] ?? '',
    laterSuites,
  });
  for (const part of ['lists/partial', 'cache/archives/partial', 'sources']) {
    await mkdir(join(work, part), { recursive: true });
  }
  await writeFile(join(work, 'sources', 'mirror.sources'), sources);
  const settings = {
    'Dir::State': work,
    'Dir::State::Lists': join(work, 'lists'),
    'Dir::State::Status': '/var/lib/dpkg/status',
    'Dir::Cache': join(work, 'cache'),
    'Dir::Etc::SourceList': '/dev/null',
    'Dir::Etc::SourceParts': join(work, 'sources'),
    // apt's own user could not write here.
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    // The locks are for the system's state, which is not touched.
    'Debug::NoLocking': 'true',
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  let reason = 'the mirror cannot be reached';
  try {
    await run('apt-get', [...options, '--quiet', 'update']);
  } catch (error) {
    // One suite that is missing on this mirror or signed by a newer key must not cost the others.
    reason = reasonOf(error);
  }
  const lists = await readdir(join(work, 'lists'));
  if (!lists.some((name) => name.includes('Packages'))) throw new Error(reason);
  return [...options, '--quiet'];
}

async function systemSources(): Promise<SourceFile[]> {
  const folder = '/etc/apt/sources.list.d';
  const names = await readdir(folder).catch(() => []);
  const paths = ['/etc/apt/sources.list', ...names.map((name) => join(folder, name))];
  const files = paths.filter((path) => /\.(list|sources)$/.test(path));
  return Promise.all(
    files.map(async (path) => ({ path, text: await readFile(path, 'utf8').catch(() => '') })),
  );
}

async function unpackAll(downloads: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  for (const name of await readdir(downloads)) {
    if (name.endsWith('.deb')) await run('dpkg-deb', ['-x', join(downloads, name), folder]);
  }
}
