export {
  createOutboundClient,
  type OutboundAnswer,
  type OutboundClient,
  type OutboundOptions,
  type OutboundRequest,
  type Resolve,
} from './outbound-client.ts';
export { checkOutboundUrl } from './outbound-url.ts';
export { isReachable, type Reach } from './public-address.ts';
