import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import { z } from 'zod';
import { NOTIFICATION_KINDS } from '../domain/event-type.ts';
import type { NotificationKind } from '../domain/notification-kind.ts';
import { channelsFor, PERSONAL_CHANNELS, type Preferences } from '../domain/preferences.ts';
import { preferencesRepository } from '../repositories/preferences-repository.ts';
import type { Stopped } from './unsubscribe-links.ts';

/** Changes how people want to be told. */
export interface SetPreferences {
  /** What is left out stays. @throws AppError `BAD_INPUT`; then nothing is changed. */
  readonly set: (viewer: UserViewer, input: unknown) => Promise<Preferences>;
  /** Stops e-mails of a kind, or all. Idempotent. */
  readonly stopEmail: (stopped: Stopped) => Promise<void>;
}

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'takes HH:MM, from 00:00 to 23:59');
const kinds = NOTIFICATION_KINDS as [NotificationKind, ...NotificationKind[]];

const preferencesInput = z.object({
  input: z.object({
    channels: z
      .array(
        z.object({
          kind: z.enum(kinds),
          channels: z.array(
            z.enum(PERSONAL_CHANNELS, 'takes IN_APP, EMAIL and SMS: webhooks are of the workspace'),
          ),
        }),
      )
      .max(100)
      .nullish(),
    quietHours: z
      .object({ from: time, to: time })
      .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must not be the same as from' })
      .nullish(),
    digest: z.enum(['INSTANT', 'DAILY']).nullish(),
    language: z
      .string()
      .regex(/^(ko|en)(-[A-Za-z0-9]{1,8})*$/, 'takes ko or en')
      .nullish(),
    phone: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'takes a number as +821012345678')
      .nullish(),
  }),
});

type Input = z.output<typeof preferencesInput>['input'];

/** Builds {@link SetPreferences}. */
export function createSetPreferences(deps: {
  readonly transact: Transact;
  readonly clock: () => Date;
}): SetPreferences {
  const change = async (
    who: { readonly workspaceId: string; readonly userId: string },
    changed: (before: Preferences) => Preferences,
  ): Promise<Preferences> =>
    await deps.transact(async (tx) => {
      const repository = preferencesRepository(tx, who.workspaceId);
      const after = changed(await repository.lock(who.userId));
      await repository.save(who.userId, after, deps.clock());
      return after;
    });
  return {
    set: async (viewer, input) => {
      const given = decodeInput(preferencesInput, input).input;
      return await change(viewer, (before) => requirePhone(merge(before, given)));
    },
    stopEmail: async ({ workspaceId, userId, kind }) => {
      const stopped = kind === null ? NOTIFICATION_KINDS : [kind];
      await change({ workspaceId, userId }, (before) => withoutEmail(before, stopped));
    },
  };
}

function merge(before: Preferences, input: Input): Preferences {
  const channels = (input.channels ?? []).map((one) => [one.kind, [...new Set(one.channels)]] as const);
  return {
    channels: { ...before.channels, ...Object.fromEntries(channels) },
    quietHours: input.quietHours === undefined ? before.quietHours : input.quietHours,
    digest: input.digest ?? before.digest,
    language: input.language === undefined ? before.language : input.language,
    phone: input.phone === undefined ? before.phone : input.phone,
  };
}

function requirePhone(preferences: Preferences): Preferences {
  const bySms = Object.values(preferences.channels).some((channels) => channels.includes('SMS'));
  if (!bySms || preferences.phone !== null) return preferences;
  throw new AppError('BAD_INPUT', 'input.phone: SMS needs a phone number.', {
    logLevel: 'debug',
    extensions: { path: ['input', 'phone'] },
  });
}

function withoutEmail(before: Preferences, kindsToStop: readonly NotificationKind[]): Preferences {
  const rest = kindsToStop.map(
    (kind) => [kind, channelsFor(before, kind).filter((channel) => channel !== 'EMAIL')] as const,
  );
  return { ...before, channels: { ...before.channels, ...Object.fromEntries(rest) } };
}
