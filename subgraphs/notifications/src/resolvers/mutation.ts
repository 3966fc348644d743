import { requireUser } from '@hoerok/shared/auth';
import { payloadOf } from '@hoerok/shared/graphql';
import type { MarkReadPayloadResolvers, MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  markRead: async (_root, args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ notifications: [] }, () => services.markRead.some(user, args));
  },
  markAllRead: async (_root, _args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ markedCount: 0 }, async () => ({
      markedCount: await services.markRead.all(user),
    }));
  },
  setNotificationPreferences: async (_root, args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ preferences: null }, async () => ({
      preferences: await services.preferences.set(user, args),
    }));
  },
  createWebhook: (_root, args, { viewer, services }) =>
    payloadOf(NO_WEBHOOK, () => services.webhooks.create(viewer, args)),
  updateWebhook: (_root, args, { viewer, services }) =>
    payloadOf(NO_WEBHOOK, async () => ({
      endpoint: await services.webhooks.update(viewer, args),
      signingSecret: null,
    })),
  deleteWebhook: (_root, { id }, { viewer, services }) =>
    payloadOf({ deletedId: null }, async () => ({ deletedId: await services.webhooks.delete(viewer, id) })),
  testWebhook: (_root, { id }, { viewer, services }) =>
    payloadOf({ delivery: null }, async () => ({ delivery: await services.webhooks.test(viewer, id) })),
  rotateWebhookSecret: (_root, { id }, { viewer, services }) =>
    payloadOf(NO_WEBHOOK, () => services.webhooks.rotate(viewer, id)),
  retryDelivery: (_root, { id }, { viewer, services }) =>
    payloadOf({ delivery: null }, async () => ({ delivery: await services.deliveries.retry(viewer, id) })),
};

const NO_WEBHOOK = { endpoint: null, signingSecret: null };

export const MarkReadPayload: MarkReadPayloadResolvers = {
  unreadCount: async (_payload, _args, { reads }) => (await reads?.inbox.count(true)) ?? 0,
};
