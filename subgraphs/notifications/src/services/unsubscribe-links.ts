import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { NOTIFICATION_KINDS } from '../domain/event-type.ts';
import type { NotificationKind } from '../domain/notification-kind.ts';

/** Path of the links, on the public port. */
export const UNSUBSCRIBE_PATH = '/unsubscribe';

const stopped = z.object({
  workspaceId: z.string().min(1),
  userId: z.string().min(1),
  /** Null for all e-mails. */
  kind: z.enum(NOTIFICATION_KINDS as [NotificationKind, ...NotificationKind[]]).nullable(),
});

/** Which e-mails somebody wants no more. */
export type Stopped = z.output<typeof stopped>;

/** Links that stop e-mails without a sign-in: whoever has the mail may use them, for ever. */
export interface UnsubscribeLinks {
  readonly to: (stopped: Stopped) => string;
  /** What the token of a link says; null when it is not one of ours. */
  readonly read: (token: string) => Stopped | null;
}

/** Builds the links; the first key signs, all verify. */
export function createUnsubscribeLinks(base: string, keys: readonly string[]): UnsubscribeLinks {
  const derived = keys.map((key) =>
    Buffer.from(hkdfSync('sha256', key, '', 'hoerok notifications: links that unsubscribe', 32)),
  );
  const sign = (key: Buffer, content: string): Buffer => createHmac('sha256', key).update(content).digest();
  return {
    to: (what) => {
      const [key = Buffer.alloc(0)] = derived;
      const content = Buffer.from(JSON.stringify(what)).toString('base64url');
      const token = `${content}.${sign(key, content).toString('base64url')}`;
      return `${base.replace(/\/+$/, '')}${UNSUBSCRIBE_PATH}?token=${token}`;
    },
    read: (token) => {
      const [content = '', signature = ''] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const ours = derived.some((key) => {
        const expected = sign(key, content);
        return given.length === expected.length && timingSafeEqual(given, expected);
      });
      return ours ? stopped.parse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8'))) : null;
    },
  };
}
