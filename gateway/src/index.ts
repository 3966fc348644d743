export {
  type ApolloGatewayOptions,
  createApolloGateway,
  type GatewayLogger,
  type SupergraphLocation,
} from './apollo/create-apollo-gateway.ts';
export type { ApolloGateway } from './apollo/gateway-interface.ts';
export { stringifyResult } from './apollo/prepared-data.ts';
