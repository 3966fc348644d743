/** Loaded into a gateway before itself (`--import`): says what its process has used, and blocks it when told to. */
import '../../bench/subscriptions/probe.ts';
import { answerAsks } from '../../bench/subscriptions/asking.ts';

answerAsks({
  /** As a calculation that takes so many milliseconds would. */
  block: (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
});
