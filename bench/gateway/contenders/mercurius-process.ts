/** Mercurius: asks the subgraphs for their schemas and composes by itself. */
import { readFileSync } from 'node:fs';
import { importPeer } from '../peers.ts';

type Headers = Readonly<Record<string, string | undefined>>;

interface Service {
  readonly name: string;
  readonly url: string;
  readonly rewriteHeaders?: (headers: Headers | undefined) => Headers;
}

interface Plugin {
  readonly default: unknown;
}

interface Fastify {
  register(plugin: unknown, options: object): unknown;
  listen(options: { host: string; port: number }): Promise<unknown>;
}

const { default: fastify } = await importPeer<{ readonly default: () => Fastify }>('mercurius', 'fastify');
const { default: mercuriusGateway } = await importPeer<Plugin>('mercurius', '@mercuriusjs/gateway');

const services = JSON.parse(readFileSync(process.env['SERVICES'] ?? '', 'utf8')) as readonly Service[];
const app = fastify();
app.register(mercuriusGateway, {
  jit: 1,
  gateway: {
    services: services.map((service) => ({
      ...service,
      mandatory: true,
      rewriteHeaders: (headers?: Headers) =>
        headers?.['authorization'] === undefined ? {} : { authorization: headers['authorization'] },
    })),
  },
});
await app.listen({ host: process.env['HOST'] ?? '127.0.0.1', port: Number(process.env['PORT']) });
