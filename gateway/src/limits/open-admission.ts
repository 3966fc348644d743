import { once } from 'node:events';
import { connectRedis } from '@hoerok/shared/cache';
import type { Logger } from '@hoerok/shared/telemetry';
import { createPersistedOperations } from '../persisted/persisted-operations.ts';
import type { PersistedOperation } from '../persisted/manifest.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';
import { type Admit, createAdmission } from './admission.ts';
import { createDocumentChecks } from './checked-documents.ts';
import { createRateLimits } from './rate-limits.ts';
import { documentLimitsOf, type LimitSettings } from './settings.ts';
import { createSharedBudget, type SharedBudget } from './shared-budget.ts';

/** The part of the gateway's environment that admission goes by. */
export interface AdmissionSettings extends LimitSettings {
  readonly NAMESPACE: string;
  readonly JWKS_URL?: string | undefined;
  readonly production: boolean;
}

/** What {@link openAdmission} needs. */
export interface OpenAdmissionDeps {
  readonly supergraph: Pick<SupergraphSource, 'current'>;
  readonly manifest: readonly PersistedOperation[];
  readonly logger: Logger;
}

/** How long a start waits for Redis, so that the first operations are counted there. */
const REDIS_WAIT_MS = 500;

/** The gate with its connection to Redis, which need not be there. */
export async function openAdmission(
  settings: AdmissionSettings,
  { supergraph, manifest, logger }: OpenAdmissionDeps,
): Promise<{ readonly admit: Admit; readonly close: () => Promise<void> }> {
  const { REDIS_URL, MAX_LIST_SIZE, ASSUMED_LIST_SIZE, MAX_COST, PERSISTED_OPERATIONS_FILE } = settings;
  const redis = REDIS_URL === undefined ? null : connectRedis(REDIS_URL, logger);
  if (redis !== null && redis.status !== 'ready')
    await once(redis, 'ready', { signal: AbortSignal.timeout(REDIS_WAIT_MS) }).catch(() => undefined);
  const budget = (pointsPerMinute: number): SharedBudget | null => {
    const prefix = `${settings.NAMESPACE}gateway:rate`;
    return pointsPerMinute === 0 ? null : createSharedBudget({ pointsPerMinute, redis, prefix, logger });
  };
  const perUser = settings.RATE_LIMIT_POINTS_PER_MINUTE;
  // Without authentication everybody is anonymous, and a proxy would be counted as one client.
  const perAddress =
    settings.RATE_LIMIT_ADDRESS_POINTS_PER_MINUTE ?? (settings.JWKS_URL === undefined ? 0 : perUser);
  const budgets = { users: budget(perUser), addresses: budget(perAddress) };
  const only =
    settings.PERSISTED_OPERATIONS_ONLY ?? (settings.production && PERSISTED_OPERATIONS_FILE !== undefined);
  const admit = createAdmission({
    supergraph,
    persisted: createPersistedOperations({
      manifest,
      only,
      registrableCharacters: settings.AUTOMATIC_PERSISTED_CHARACTERS,
    }),
    check: createDocumentChecks(documentLimitsOf(settings), {
      maxListSize: MAX_LIST_SIZE,
      assumedListSize: ASSUMED_LIST_SIZE,
    }),
    rates: createRateLimits(budgets),
    maxCost: MAX_COST === 0 ? null : MAX_COST,
    maxListSize: MAX_LIST_SIZE,
    introspection: !settings.production,
  });
  return {
    admit,
    close: async () => {
      await Promise.all([budgets.users?.close(), budgets.addresses?.close()]);
      redis?.disconnect();
    },
  };
}
