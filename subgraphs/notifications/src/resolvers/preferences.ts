import { NOTIFICATION_KINDS } from '../domain/event-type.ts';
import { channelsFor } from '../domain/preferences.ts';
import type { NotificationPreferencesResolvers } from '../generated/resolvers.ts';

export const NotificationPreferences: NotificationPreferencesResolvers = {
  channels: (preferences) =>
    NOTIFICATION_KINDS.map((kind) => ({ kind, channels: [...channelsFor(preferences, kind)] })),
};
