import { access, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSource } from '../src/speech/audio-source.ts';
import { createConverter } from '../src/speech/convert-audio.ts';
import { cutAudio } from '../src/speech/cut-audio.ts';
import { findProgram, runLimited } from '../src/speech/limited-program.ts';
import { createPocketsphinx } from '../src/speech/pocketsphinx-speech.ts';
import { createWorkDirectory, removeLeftovers } from '../src/speech/work-directory.ts';
import { wavOf } from './recordings-service.ts';

let directory: string;
const { signal } = new AbortController();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hoerok-test-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** A program that stands for one that is not installed here: it does what the script says with its arguments. */
const program = async (name: string, script: string): Promise<string> => {
  const path = join(directory, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
};
const limited = (path: string, extra: Partial<Parameters<typeof runLimited>[0]> = {}) =>
  runLimited({
    path,
    args: [],
    directory,
    timeoutMs: 20_000,
    maxMemoryMiB: 512,
    maxOutputBytes: 1_000,
    signal,
    ...extra,
  });

describe('a program that reads what users have sent', () => {
  it('gets its arguments as they are and nothing of our environment', async () => {
    const path = await program('echo', 'printf "%s|" "$@"; env | grep -c -i secret || true');
    process.env['A_SECRET'] = 'value';
    const printed = await limited(path, { args: ['$(touch x)', '; rm -rf "', '-n'] });
    delete process.env['A_SECRET'];
    expect(printed).toBe('$(touch x)|; rm -rf "|-n|0\n');
  });

  it('ends with its children at the deadline, with the signal, and when it prints too much', async () => {
    const pid = join(directory, 'pid');
    const path = await program('sleeper', `sleep 60 & echo $! > ${pid}; wait`);
    await expect(limited(path, { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'TIMEOUT',
      retryable: true,
    });
    const child = Number(await readFile(pid, 'utf8'));
    const isGone = async (): Promise<boolean> =>
      readFile(`/proc/${child}/stat`, 'utf8').then(
        (stat) => stat.includes(') Z '),
        () => true,
      );
    await until('the child is gone', isGone);
    const stop = new AbortController();
    const stopped = limited(path, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    const flood = await program('flood', 'while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done');
    await expect(limited(flood)).rejects.toMatchObject({ code: 'UNREADABLE_RECORDING' });
  });

  it('that fails says nothing of its complaints to clients', async () => {
    const path = await program('failing', 'echo "private words" >&2; exit 3');
    const error = await limited(path).catch((caught: unknown) => caught as Error);
    expect(error).toMatchObject({ name: 'PermanentError', code: 'UNREADABLE_RECORDING' });
    expect((error as Error).message).not.toContain('private');
  });

  it('is found on PATH, or not', async () => {
    expect(await findProgram('sh')).toMatch(/\/sh$/);
    expect(await findProgram('no-such-program')).toBeNull();
    expect(await findProgram('/nowhere/ffmpeg')).toBeNull();
  });
});

describe('a recording that must be converted', () => {
  it('is read by ffmpeg with a forced reader and no other protocols than file and pipe, then cut as WAV', async () => {
    const made = join(directory, 'made.wav');
    await writeFile(made, wavOf(30));
    const asked = join(directory, 'asked');
    const ffmpeg = await program(
      'ffmpeg',
      `printf "%s\\n" "$@" > ${asked}\nfor last; do :; done\ncp ${made} "$last"`,
    );
    const input = join(directory, 'in.flac');
    await writeFile(input, Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(500_000)]));
    const accepts = { containers: ['flac' as const], maxBytes: 400_000, maxSeconds: 1_200 };
    await using audio = await cutAudio({
      source: await fileSource(input),
      container: 'flac',
      durationMs: null,
      accepts,
      converter: createConverter(ffmpeg),
      signal,
    });
    expect(audio.parts.map(({ container }) => container)).toEqual(['wav', 'wav', 'wav']);
    const args = (await readFile(asked, 'utf8')).split('\n');
    expect(args.slice(args.indexOf('-protocol_whitelist'), args.indexOf('-i'))).toEqual([
      '-protocol_whitelist',
      'file,pipe',
      '-f',
      'flac',
    ]);
    const blob = await audio.parts[1]?.open();
    expect(blob?.size).toBeLessThanOrEqual(400_000);
  });

  it('is refused when it lasts longer than what is converted, and loses nothing of what was said unnoticed', async () => {
    const made = join(directory, 'endless.wav');
    const wav = wavOf(1);
    // A length of zero is that of a recorder that never ended: the size of the file counts.
    wav.writeUInt32LE(0, 40);
    await writeFile(made, wav);
    const twelveHours = 16_000 * 2 * 12 * 3_600;
    const ffmpeg = await program(
      'long-ffmpeg',
      `for last; do :; done\ncp ${made} "$last"\ntruncate -s ${twelveHours + 64_000} "$last"`,
    );
    const input = join(directory, 'long.flac');
    await writeFile(input, Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(500_000)]));
    const cutting = cutAudio({
      source: await fileSource(input),
      container: 'flac',
      durationMs: null,
      accepts: { containers: ['flac'], maxBytes: 400_000, maxSeconds: 1_200 },
      converter: createConverter(ffmpeg),
      signal,
    });
    await expect(cutting).rejects.toMatchObject({
      code: 'UNREADABLE_RECORDING',
      message: expect.stringContaining('12 hours') as string,
    });
  });

  it('that fits is taken as it is, also when its length would have it cut', async () => {
    const input = join(directory, 'small.flac');
    await writeFile(input, Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(5_000)]));
    const accepts = { containers: ['flac' as const], maxBytes: 400_000, maxSeconds: 10 };
    const source = await fileSource(input);
    const none = createConverter('/nowhere/ffmpeg');
    await using audio = await cutAudio({
      source,
      container: 'flac',
      durationMs: 60_000,
      accepts,
      converter: none,
      signal,
    });
    expect(audio.parts).toMatchObject([{ key: 'whole', startMs: 0, durationMs: 60_000 }]);
    const amr = { source, container: 'amr' as const, durationMs: null, accepts, converter: none, signal };
    await expect(cutAudio(amr)).rejects.toMatchObject({ code: 'UNREADABLE_RECORDING' });
  });
});

describe('a WAV file whose header lies', () => {
  const cut = async (name: string, header: { offset: number; value: number }) => {
    const input = join(directory, name);
    const wav = wavOf(30);
    wav.writeUInt32LE(header.value, header.offset);
    await writeFile(input, wav);
    return await cutAudio({
      source: await fileSource(input),
      container: 'wav',
      durationMs: null,
      accepts: { containers: ['wav'], maxBytes: 400_000, maxSeconds: 1_200 },
      converter: createConverter('/nowhere/ffmpeg'),
      signal,
    });
  };

  it('about the bytes of a second is cut by its samples, and into no more parts', async () => {
    await using audio = await cut('bytes.wav', { offset: 28, value: 1 });
    expect(audio.parts.length).toBe(3);
  });

  it('about its sample rate holds nobody up and is left to a program that can tell', async () => {
    await expect(cut('rate.wav', { offset: 24, value: 1 })).rejects.toMatchObject({
      code: 'UNREADABLE_RECORDING',
    });
  });
});

describe('pocketsphinx', () => {
  const part = {
    audio: new Blob([new Uint8Array(wavOf(2))]),
    container: 'wav' as const,
    durationMs: 2_000,
    language: 'en-US',
    signal,
  };

  it('hears what its program prints, and says honestly what it is worth', async () => {
    const printed = [
      '{"b":0.010,"d":1.200,"p":0.950,"t":"we begin","w":[{"b":0.01,"d":0.5,"p":1.0,"t":"we"}]}',
      '{"b":1.400,"d":9.000,"p":1.0,"t":"next"}',
      '{"b":1.9,"d":0.1,"p":1.0,"t":""}',
    ].join('\n');
    const path = await program(
      'pocketsphinx',
      `test "$1" = live && test -s "$2" || exit 9\ncat <<'END'\n${printed}\nEND`,
    );
    const sphinx = createPocketsphinx(path);
    expect(await sphinx.capabilities()).toMatchObject({
      available: true,
      languages: ['en'],
      diarization: false,
    });
    expect((await sphinx.capabilities()).note.en).toContain('one word in three is wrong');
    expect(await sphinx.transcribe(part)).toEqual({
      model: 'pocketsphinx en-us',
      language: 'en',
      segments: [
        { startMs: 10, endMs: 1_210, text: 'we begin', speaker: null, confidence: 0.95 },
        { startMs: 1_400, endMs: 2_000, text: 'next', speaker: null, confidence: 1 },
      ],
    });
    await expect(sphinx.transcribe({ ...part, language: 'ko' })).rejects.toMatchObject({
      code: 'PROVIDER_REFUSED',
    });
  });

  it('is not there when it is not installed, and fails cleanly when it prints what is no JSON', async () => {
    expect(await createPocketsphinx('/nowhere/pocketsphinx').capabilities()).toMatchObject({
      available: false,
    });
    const path = await program('babble', 'echo "INFO: nothing"');
    await expect(createPocketsphinx(path).transcribe(part)).rejects.toMatchObject({
      code: 'PROVIDER_ANSWER',
    });
  });
});

it('working files that a killed process has left are removed, those of a running one are not', async () => {
  const [left, used] = [await createWorkDirectory(), await createWorkDirectory()];
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  await writeFile(join(left, 'part'), 'sound');
  await utimes(left, yesterday, yesterday);
  await removeLeftovers(new Date());
  await expect(access(left)).rejects.toMatchObject({ code: 'ENOENT' });
  await access(used);
  await rm(used, { recursive: true });
});
