import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../context.ts';

/** Puts the estimated cost into `extensions.cost` of the answer, for those who may know it. */
export const tellEstimate: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async ({ contextValue: { cost } }) =>
    cost === undefined
      ? undefined
      : {
          willSendResponse: async ({ response: { body } }) => {
            if (body.kind !== 'single') return;
            body.singleResult = {
              ...body.singleResult,
              extensions: { ...body.singleResult.extensions, cost },
            };
          },
        },
};
