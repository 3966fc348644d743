/** Where one stream stands. */
export interface StreamPosition {
  /** Names the life of the stream: a stream that was made anew counts from 1 again. */
  readonly epoch: string;
  /** Sequence of the last message that is behind us. */
  readonly sequence: number;
}

/** Where each stream of a subject stands: what the subject has up to there is behind us. Never changed. */
export type Positions = ReadonlyMap<string, StreamPosition>;

/** No stream at all. */
export const NOWHERE: Positions = new Map();

/** The first stream in which `goal` is ahead of `positions`, with its goal; `null` when there is none. */
export function firstBehind(positions: Positions, goal: Positions): [string, StreamPosition] | null {
  for (const [stream, ahead] of goal) {
    const at = positions.get(stream);
    if (at === undefined || at.epoch !== ahead.epoch || at.sequence < ahead.sequence) return [stream, ahead];
  }
  return null;
}

/** Both positions taken together, the further one of each stream. A stream made anew stands where `newer` says. */
export function furthest(older: Positions, newer: Positions): Positions {
  if (firstBehind(newer, older) === null) return newer;
  const merged = new Map(older);
  for (const [stream, position] of newer) {
    const known = merged.get(stream);
    if (known?.epoch !== position.epoch || known.sequence < position.sequence) merged.set(stream, position);
  }
  return merged;
}

/** The positions with one stream moved. */
export function movedTo(positions: Positions, stream: string, position: StreamPosition): Positions {
  return new Map(positions).set(stream, position);
}
