import type { UserViewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import type { GatewayClient } from '@hoerok/shared/graphql';

/** A person as the users domain knows them. */
export interface KnownPerson {
  role: UserViewer['role'];
  email: string | null;
  locale: string;
  timeZone: string;
  active: boolean;
}

/** A share as the meetings domain knows it. */
export interface KnownShare {
  title: string;
  url: string | null;
  share: { email: string | null; access: string; live: boolean; message: string | null };
}

/** Answers what this service asks the users and the meetings domain, from what a test has put in. */
export interface PeopleGateway extends GatewayClient {
  readonly people: Map<string, KnownPerson>;
  readonly admins: Set<string>;
  readonly shares: Map<string, KnownShare>;
  /** Says whom it knows; by default a Korean in Seoul. */
  readonly know: (user: UserViewer, person?: Partial<KnownPerson>) => KnownPerson;
  /** While true nothing is answered. */
  away: boolean;
}

/** Builds a gateway that knows nobody yet. */
export function createPeopleGateway(): PeopleGateway {
  const people = new Map<string, KnownPerson>();
  const admins = new Set<string>();
  const shares = new Map<string, KnownShare>();
  const answer = (document: string, variables: Readonly<Record<string, unknown>>): unknown => {
    if (document.includes('shareInvitation'))
      return { shareInvitation: shares.get(String(variables['shareId'])) ?? null };
    const ids = document.includes('role: ADMIN') ? [...admins] : (variables['ids'] as string[]);
    const edges = ids.flatMap((id) => {
      const person = people.get(id);
      return person === undefined ? [] : [{ node: { id, ...person } }];
    });
    return { users: { edges } };
  };
  const gateway: PeopleGateway = {
    people,
    admins,
    shares,
    away: false,
    know: ({ userId, role }, person = {}) => {
      const known = {
        role,
        email: `${userId}@example.com`,
        locale: 'ko-KR',
        timeZone: 'Asia/Seoul',
        active: true,
        ...person,
      };
      people.set(userId, known);
      if (role === 'ADMIN') admins.add(userId);
      return known;
    },
    query: async ({ document, variables, data }) => {
      if (gateway.away) throw new AppError('UNAVAILABLE', 'The gateway is away.', { retryable: true });
      return data.parse(answer(document, variables));
    },
    ready: async () => undefined,
  };
  return gateway;
}
