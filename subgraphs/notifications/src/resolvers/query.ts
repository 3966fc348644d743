import { decodePage } from '@hoerok/shared/graphql';
import { deliveryFilter } from '../services/delivery-log.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  notification: async (_root, { id }, { reads }) => (await reads?.notification.load(id)) ?? null,
  webhooks: (_root, _args, { viewer, services }) => services.webhooks.list(viewer),
  deliveryLog: (_root, args, { viewer, services }) =>
    services.deliveries.list(viewer, deliveryFilter(args), decodePage(args)),
};
