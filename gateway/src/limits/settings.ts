import { isIP } from 'node:net';
import { ROLES } from '@hoerok/shared/auth';
import type { DocumentLimits } from '@hoerok/shared/limits';
import { z } from 'zod';

const count = z.coerce.number().int().min(1);
const countOrOff = z.coerce.number().int().min(0);

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const networks = list.pipe(
  z.array(z.string().refine(isNetwork, 'each entry is an address or a network such as 10.0.0.0/8')),
);

/** The variables of everything that limits clients; part of the gateway's environment. */
export const limitSettings = {
  /** Characters of one document. */
  MAX_DOCUMENT_CHARACTERS: count.default(65_536),
  MAX_TOKENS: count.default(5_000),
  MAX_DEPTH: count.default(15),
  MAX_ALIASES: countOrOff.default(50),
  /** Fields of an operation with every fragment spread out. */
  MAX_FIELDS: count.default(2_000),
  /** Fields of Query, Mutation or Subscription in one operation. */
  MAX_ROOT_FIELDS: count.default(50),
  /** Directives of a document, and on one field or fragment of it. */
  MAX_DIRECTIVES: countOrOff.default(100),
  MAX_DIRECTIVES_PER_FIELD: countOrOff.default(10),
  MAX_FRAGMENTS: countOrOff.default(200),
  /** What `first`, `last`, `limit` and the slicing arguments of `@listSize` may ask for. */
  MAX_LIST_SIZE: count.default(1_000),
  /** Length of a list of which the schema says nothing. */
  ASSUMED_LIST_SIZE: count.default(10),
  /** Estimated cost of one operation; 0 does not limit it. */
  MAX_COST: countOrOff.default(100_000),
  /** Points of one user or API key a minute; 0 does not limit them. */
  RATE_LIMIT_POINTS_PER_MINUTE: countOrOff.default(60_000),
  /** The same of one address without a user. @default the same with JWKS_URL, else 0: everybody is anonymous then */
  RATE_LIMIT_ADDRESS_POINTS_PER_MINUTE: countOrOff.optional(),
  /** Where gateways count together. Without it each counts alone. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  TRUSTED_PROXIES: networks.default([]),
  /** Sockets of one address. @default 20000 with JWKS_URL, else 0: not limited */
  CONNECTIONS_PER_ADDRESS: countOrOff.optional(),
  /** Largest message of a client on a socket; beyond it 1009. */
  SOCKET_MESSAGE_BYTES: z.coerce.number().int().min(1_024).default(65_536),
  /** Manifest of the operations that clients may send by id. */
  PERSISTED_OPERATIONS_FILE: z.string().min(1).optional(),
  /** Refuses every other operation. @default in production, when there is a manifest */
  PERSISTED_OPERATIONS_ONLY: z.stringbool().optional(),
  /** Characters of operations that clients may register by hash; 0 turns registration off. */
  AUTOMATIC_PERSISTED_CHARACTERS: countOrOff.default(4 * 1024 * 1024),
  /** Users of this role may introspect, send any operation, and are not counted. @default nobody */
  AUDIT_ROLE: z.enum(ROLES).optional(),
  /** The same for requests with the header `x-audit-token: <this>`. @default nobody */
  AUDIT_TOKEN: z.string().min(32, 'it needs at least 32 characters').optional(),
};

/** The decoded variables. */
export type LimitSettings = Readonly<z.output<z.ZodObject<typeof limitSettings>>>;

/** The same field more often than this in one selection set is no operation that anybody wrote. */
const MAX_REPETITIONS = 100;

/** The limits of one document. */
export function documentLimitsOf(settings: LimitSettings): DocumentLimits {
  return {
    maxCharacters: settings.MAX_DOCUMENT_CHARACTERS,
    maxTokens: settings.MAX_TOKENS,
    maxDepth: settings.MAX_DEPTH,
    maxAliases: settings.MAX_ALIASES,
    maxFields: settings.MAX_FIELDS,
    maxRootFields: settings.MAX_ROOT_FIELDS,
    maxRepetitions: MAX_REPETITIONS,
    maxDirectives: settings.MAX_DIRECTIVES,
    maxDirectivesPerNode: settings.MAX_DIRECTIVES_PER_FIELD,
    maxFragments: settings.MAX_FRAGMENTS,
  };
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}
