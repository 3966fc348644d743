import { provisionNatsUsers } from '../infra/nats-users.ts';
import { provisionRedisUsers } from '../infra/redis-users.ts';

/** Where the processes of a system are to be let in. */
export interface AccessOptions {
  readonly servers: { readonly natsUrl: string; readonly redisUrl: string };
  /** State folder of the servers, for they are given users only when they run from it. */
  readonly serverDir: string;
  /** Keeps the passwords. */
  readonly stateDir: string;
  readonly namespace: string;
  /** Besides the gateway. */
  readonly services: readonly string[];
}

/** The URL of a broker for each process, with a user of its own where the servers are ours. */
export interface Access {
  readonly natsUrl: (service: string) => string;
  readonly redisUrl: (service: string) => string;
  readonly remove: () => Promise<void>;
}

/** Makes a user for each process, with the least that it needs, at NATS and at Redis. */
export async function provisionAccess(options: AccessOptions): Promise<Access> {
  const { servers, serverDir, stateDir, namespace, services } = options;
  const where = { serverDir, stateDir, namespace };
  const nats = await provisionNatsUsers({ ...where, natsUrl: servers.natsUrl });
  const redis = await provisionRedisUsers({
    ...where,
    redisUrl: servers.redisUrl,
    services: [...services, 'gateway'],
  });
  return {
    natsUrl: (service) => nats?.urls[service] ?? servers.natsUrl,
    redisUrl: (service) => redis?.urls[service] ?? servers.redisUrl,
    remove: async () => {
      await nats?.remove();
      await redis?.remove();
    },
  };
}
