import type { DeadLetter as Received } from '@hoerok/shared/events';
import { taskIdOf, workspaceOf } from '../domain/dead-letter.ts';
import type { DeadLetter } from '../entities/dead-letter.entity.ts';

const MAX_PAYLOAD_BYTES = 256 * 1024;

/** The row that a letter is kept as. */
export function projectDeadLetter(letter: Received): DeadLetter {
  const bytes = Buffer.from(letter.payload);
  return {
    ...letter,
    workspaceId: workspaceOf(letter),
    taskId: taskIdOf(letter, parse(bytes)),
    payload: bytes.subarray(0, MAX_PAYLOAD_BYTES),
    payloadBytes: bytes.length,
    replayedAt: null,
    replayedById: null,
  };
}

/** The whole payload; undefined when it is not JSON, or was cut. */
export function payloadOfLetter({ payload, payloadBytes }: DeadLetter): unknown {
  return payload.length < payloadBytes ? undefined : parse(payload);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
