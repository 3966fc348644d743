/**
 * Loaded into every contender before its own program: ends it when the benchmark is gone, and profiles it on demand.
 * See {@link AttachedMessage}.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

/** What a contender's process is told. */
export type AttachedMessage =
  | { readonly profile: 'start' }
  | { readonly profile: 'stop'; readonly file: string };

const SAMPLE_EVERY_US = 250;
const session = new Session();

process.on('message', (message: AttachedMessage) => {
  const done = message.profile === 'start' ? startProfile() : stopProfile(message.file);
  done.then(
    () => process.send?.(message),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit());
// Only the channel would keep a program running that has ended.
process.channel?.unref();

async function startProfile(): Promise<void> {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
  await session.post('Profiler.start');
}

async function stopProfile(file: string): Promise<void> {
  const { profile } = await session.post('Profiler.stop');
  writeFileSync(file, JSON.stringify(profile));
  session.disconnect();
}
