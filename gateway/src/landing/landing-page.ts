import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { GatewayContext } from '../context.ts';

// @apollo/server's own page cannot preset where subscriptions go, so the same Sandbox is embedded here.
const SANDBOX = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Hoerok</title>
<style>body { margin: 0; font: 16px/1.5 system-ui } #sandbox { position: absolute; inset: 0 } p { margin: 2rem }</style>
<p>Apollo Sandbox needs the internet. Without it, <a href="/graphiql">GraphiQL</a> does the same.</p>
<div id="sandbox"></div>
<script src="https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js"></script>
<script>
  const endpoint = new URL('/graphql', location.href);
  if (window.EmbeddedSandbox) new window.EmbeddedSandbox({
    target: '#sandbox',
    initialEndpoint: endpoint.href,
    initialSubscriptionEndpoint: endpoint.href.replace(/^http/, 'ws'),
    runTelemetry: false,
  });
</script>
`;

/** Apollo Sandbox for browsers that open the endpoint, ready for queries and subscriptions; nothing in production. */
export function landingPage(production: boolean): ApolloServerPlugin<GatewayContext> {
  if (production) return ApolloServerPluginLandingPageDisabled();
  return { serverWillStart: async () => ({ renderLandingPage: async () => ({ html: SANDBOX }) }) };
}
