import type { DataSource } from 'typeorm';
import type { Cache } from '../cache/index.ts';
import type { ServiceConfig } from '../config/index.ts';
import type { Transact } from '../database/index.ts';
import type { GatewayClient } from '../graphql/index.ts';
import type { Messaging } from '../messaging/index.ts';
import type { Logger } from '../telemetry/index.ts';

/** What the platform gives to a service. */
export interface Platform<Config extends ServiceConfig = ServiceConfig> {
  /** Name of the service. */
  readonly service: string;
  readonly config: Config;
  readonly logger: Logger;
  readonly dataSource: DataSource;
  readonly transact: Transact;
  readonly messaging: Messaging;
  readonly cache: Cache;
  readonly gateway: GatewayClient;
}
