import { decodePage } from '@hoerok/shared/graphql';
import type {
  DeliveryConnectionResolvers,
  DeliveryResolvers,
  WebhookEndpointResolvers,
} from '../generated/resolvers.ts';
import { deliveryFilter } from '../services/delivery-log.ts';

export const Delivery: DeliveryResolvers = {
  recipient: ({ recipientId }) => (recipientId === null ? null : { __typename: 'User', id: recipientId }),
  webhookId: ({ endpointId }) => endpointId,
};

export const DeliveryConnection: DeliveryConnectionResolvers = {
  totalCount: ({ totalCount }) => totalCount(),
};

export const WebhookEndpoint: WebhookEndpointResolvers = {
  kinds: ({ kinds }) => [...kinds],
  deliveries: ({ id: endpointId }, args, { viewer, services }) =>
    services.deliveries.list(viewer, { ...deliveryFilter(args), endpointId }, decodePage(args)),
};
