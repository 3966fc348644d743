export {
  type Connection,
  connectionOf,
  decodePage,
  MAX_PAGE_SIZE,
  type Page,
  type PageArgs,
} from './connection.ts';
export type { EntityReference } from './entity-reference.ts';
export { DateTimeScalar } from './date-time.ts';
export { decodeInput } from './decode-input.ts';
export { createGatewayClient, type GatewayClient } from './gateway-client.ts';
export { createErrorFormatter, payloadOf, type UserError } from './graphql-errors.ts';
export { languageTagInput, timeZoneInput } from './input-values.ts';
export { createGroupLoader, createLoader, type Loader } from './loader.ts';
export {
  createSubgraphEndpoint,
  type SubgraphEndpoint,
  type SubgraphEndpointOptions,
  type SubgraphRequest,
} from './subgraph-endpoint.ts';
