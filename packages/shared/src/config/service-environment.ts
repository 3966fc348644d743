import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

/**
 * Days that rows are kept; 0 keeps them for ever.
 * @param least what something else counts on: an event that comes again, for example.
 */
export const keepDays = (least: number, standard: number): z.ZodDefault<z.ZodCoercedNumber> =>
  z.coerce
    .number()
    .int()
    .min(0)
    .refine((days) => days === 0 || days >= least, `must be 0, which keeps all, or at least ${least}`)
    .default(standard);

/** The environment variables that every subgraph process reads. Each service extends this object with its own. */
export const serviceEnvironment = z.object({
  /** TCP port of the GraphQL endpoint; 0 lets the system choose. */
  PORT: port,
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Port of what clients reach without the gateway, and of nothing else. @default such paths answer on PORT too */
  PUBLIC_PORT: port.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /**
   * The same database with the role that owns its tables: migrations run by it at the start, nothing else does. Without
   * it DATABASE_URL must own them, or `main.ts --migrate` have run before.
   */
  MIGRATION_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  NATS_URL: z.url({ protocol: /^(nats|tls|ws|wss)$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  /** Where the gateway answers; services query one another's domain only through it. */
  GATEWAY_URL: z.url(),
  /** Comma-separated HMAC keys of at least 32 characters; the first signs, all verify, so that keys can rotate. */
  INTERNAL_SIGNING_KEYS: z
    .string()
    .transform((keys) => keys.split(',').map((key) => key.trim()))
    .pipe(z.array(z.string().min(32, 'each key needs at least 32 characters')).min(1)),
  /** Put before every stream, durable and cache key; tests give each run its own. Letters, digits, `_`. */
  NAMESPACE: z.string().regex(/^\w*$/).default(''),
  /** JetStream replicas of the streams this service owns. */
  STREAM_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** How long a stopping process lets running work finish, in seconds. */
  SHUTDOWN_GRACE_SECONDS: z.coerce.number().min(0).max(600).default(10),
  /** Records of the audit trail; the database itself refuses to delete younger ones than 90 days. */
  AUDIT_KEEP_DAYS: keepDays(90, 400),
  /** Tasks that have ended, with their steps and sagas; counted from their end. */
  TASKS_KEEP_DAYS: keepDays(30, 180),
});

/** What a process needs that only migrates. */
export const migrationEnvironment = serviceEnvironment.pick({
  DATABASE_URL: true,
  MIGRATION_DATABASE_URL: true,
});

export type ServiceConfig = z.output<typeof serviceEnvironment>;
