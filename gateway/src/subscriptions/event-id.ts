import { timingSafeEqual } from 'node:crypto';
import { AppError } from '@hoerok/shared/errors';
import type { Positions, StreamPosition } from './event-position.ts';
import { createKeyedHash, type KeyedHash } from './keyed-hash.ts';

const MAC_BYTES = 12;
const MAX_ID_LENGTH = 4_096;

/** What an event id is good for: one subject of one workspace. */
export interface EventIdScope {
  /** Filled in, without namespace. */
  readonly subject: string;
  readonly workspaceId: string | null;
}

/** What an event id says. */
export interface EventPlace {
  /** Where the streams of the subject stood once the event was delivered. */
  readonly positions: Positions;
  /** The event was the last word: nothing comes after it. */
  readonly ended: boolean;
}

/** Writes and reads the ids that clients resume from. Any replica with the same keys reads them. */
export interface EventIds {
  /** Letters, digits, `_` and `-`; opaque to clients. */
  readonly write: (scope: EventIdScope, place: EventPlace) => string;
  /** @throws AppError `BAD_INPUT` for an id of another subject or workspace, and for one that we have not written. */
  readonly read: (scope: EventIdScope, id: string) => EventPlace;
}

/**
 * Event ids under a key: the position in every stream of the subject, and a code (HMAC-SHA-256, 96 bits) that binds it to
 * subject and workspace. The first key writes, all of them are read.
 * @param keys none: ids can be forged then, which moves the beginning of one's own stream and shows nothing new.
 */
export function createEventIds(keys: readonly string[]): EventIds {
  const [first, ...others] = (keys.length === 0 ? ['unsigned'] : keys).map(createKeyedHash) as [
    KeyedHash,
    ...KeyedHash[],
  ];
  // All who listen to a subject get an event with the very same positions: one id serves them all.
  const written = new WeakMap<Positions, EventIdScope & EventPlace & { readonly id: string }>();
  return {
    write: (scope, place) => {
      const known = written.get(place.positions);
      if (known?.subject === scope.subject && known.workspaceId === scope.workspaceId) {
        if (known.ended === place.ended) return known.id;
      }
      const text = print(place);
      const id = Buffer.from(`${text}.${macOf(first, scope, text).toString('base64url')}`).toString(
        'base64url',
      );
      written.set(place.positions, { ...scope, ...place, id });
      return id;
    },
    read: (scope, id) => {
      const plain = Buffer.from(id.slice(0, MAX_ID_LENGTH), 'base64url').toString('utf8');
      // Decoding is lenient; an id is what we have written, to the letter.
      if (Buffer.from(plain).toString('base64url') !== id) throw foreign();
      const cut = plain.lastIndexOf('.');
      const text = plain.slice(0, Math.max(0, cut));
      const mac = Buffer.from(plain.slice(cut + 1), 'base64url');
      const genuine = [first, ...others].some(
        (key) => mac.length === MAC_BYTES && timingSafeEqual(mac, macOf(key, scope, text)),
      );
      if (!genuine) throw foreign();
      return parse(text);
    },
  };
}

function macOf(keyed: KeyedHash, { subject, workspaceId }: EventIdScope, text: string): Buffer {
  return keyed(`event-id\n${subject}\n${workspaceId ?? ''}\n${text}`).subarray(0, MAC_BYTES);
}

function print({ positions, ended }: EventPlace): string {
  const streams = [...positions].map(([stream, at]) => `.${stream}.${at.epoch}.${at.sequence.toString(36)}`);
  return `${ended ? 1 : 0}${streams.join('')}`;
}

function parse(text: string): EventPlace {
  const [ended, ...rest] = text.split('.');
  const positions = new Map<string, StreamPosition>();
  for (let index = 0; index + 2 < rest.length; index += 3) {
    const [stream = '', epoch = '', sequence = ''] = rest.slice(index, index + 3);
    positions.set(stream, { epoch, sequence: Number.parseInt(sequence, 36) });
  }
  return { positions, ended: ended === '1' };
}

function foreign(): AppError {
  return new AppError('BAD_INPUT', 'The last event id does not belong to this subscription.', {
    logLevel: 'debug',
  });
}
