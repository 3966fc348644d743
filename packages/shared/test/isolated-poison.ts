import { PermanentError, RetryAfter } from '../src/errors/index.ts';
import type { IsolatedWork } from '../src/isolation/index.ts';

/** What the isolated work of the tests is told to do. */
export interface Poison {
  readonly how: keyof typeof POISONS;
}

const POISONS = {
  fine: () => ({ said: 'fine' }),
  pid: () => ({ said: String(process.pid) }),
  environment: () => ({ said: Object.keys(process.env).join() }),
  wrong: () => ({ heard: 'nothing' }),
  uncloneable: () => ({ said: () => 'a function' }),
  // One array that grows in steps larger than what a limit leaves: this ends a whole process from a thread of it.
  'a growing array': () => {
    const numbers: number[] = [];
    for (;;) numbers.push(numbers.length);
  },
  'many objects': () => {
    const objects: object[] = [];
    for (;;) objects.push({ size: objects.length });
  },
  buffers: () => {
    const buffers: Buffer[] = [];
    for (;;) buffers.push(Buffer.alloc(10 * 1024 * 1024, 1));
  },
  'a tight loop': () => {
    for (;;);
  },
  'a promise that never settles': () => new Promise(() => undefined),
  exit: () => process.exit(3),
  abort: () => process.abort(),
  'a late error': () => {
    setImmediate(() => {
      throw new Error('too late');
    });
    return new Promise(() => undefined);
  },
  'an error': () => {
    throw new Error('nobody knows why');
  },
  'a permanent error': () => {
    throw new PermanentError('BAD_INPUT', 'It cannot be read.');
  },
  'a delay': () => {
    throw new RetryAfter(1_234, 'Later.');
  },
} satisfies Record<string, () => unknown>;

const work: IsolatedWork<Poison, unknown> = ({ how }, progress) => {
  progress(0.5, how);
  return POISONS[how]();
};
export default work;
