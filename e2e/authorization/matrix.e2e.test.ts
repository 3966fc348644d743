import { randomBytes } from 'node:crypto';
import { until } from '@hoerok/shared/testing';
import { isInputObjectType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../stack/session.ts';
import { askGateway, askSubgraph, type Reply } from './ask.ts';
import { KIND_AT, NO_OBJECT } from './places.ts';
import { api, entityQuestion, kindAt, PLACES, questionAt, SUBGRAPHS } from './questions.ts';
import { type IdPlace, idPlacesOf } from './schema-walk.ts';
import { createWorld, type Kind, KINDS, type Objects, type World } from './world.ts';

/** Who sees the organizer's objects, besides the organizer. */
const VIEWERS = ['participant', 'colleague', 'stranger', 'anonymous'] as const;
type ViewerName = (typeof VIEWERS)[number];

const SEEN_BY: Readonly<Partial<Record<Kind, readonly ViewerName[]>>> = {
  ApiKey: [],
  Notification: [],
  User: ['participant', 'colleague'],
  MeetingTemplate: ['participant', 'colleague'],
};
const seenBy = (kind: Kind): readonly ViewerName[] => SEEN_BY[kind] ?? ['participant'];
const hiddenFrom = (kind: Kind): readonly ViewerName[] =>
  VIEWERS.filter((viewer) => !seenBy(kind).includes(viewer));

let world: World;
let before: readonly Reply[];
beforeAll(async () => {
  world = await createWorld();
  before = await until('what is on its way has been sent', async () => {
    const now = await picture();
    return !now.some(isSending) && now;
  });
}, 180_000);

const sessionOf = (viewer: ViewerName | 'organizer'): Session | null =>
  viewer === 'anonymous' ? null : world[viewer];

/** Their own objects, for what a field wants besides the id in question. */
const ownOf = (viewer: ViewerName): Objects =>
  viewer === 'colleague' || viewer === 'stranger' ? world.own[viewer] : world.theirs;

/** An id of the same form that nobody has. */
const missing = (id: string): string => id.slice(0, -12) + randomBytes(6).toString('hex');

/** Asks with a real and with a missing id; the answers without the ids. */
async function compare(
  real: string,
  ask: (id: string) => Promise<Reply>,
): Promise<{ readonly real: string; readonly missing: string }> {
  const nobody = missing(real);
  const [one, other] = await Promise.all([ask(real), ask(nobody)]);
  return { real: shown(one, real), missing: shown(other, nobody) };
}

// Request ids differ by nature, and what was made has ids and instants of its own.
function shown(reply: Reply, id: string): string {
  return JSON.stringify(reply)
    .replaceAll(id, '<id>')
    .replaceAll(/"requestId":"[^"]*"/g, '"requestId":""');
}

/** What of the organizer's objects might be changed. */
async function picture(): Promise<Reply[]> {
  const questions = PLACES.filter(({ operation, path }) => operation === 'query' && path.length === 1);
  return await Promise.all(
    questions.map(async (place) => {
      const kind = kindAt(place.name);
      const id = kind == null ? '' : world.theirs[kind];
      return await askGateway(world.organizer, questionAt(place, id, world.theirs));
    }),
  );
}

/** Deliveries change by themselves until they are done; what does so afterwards, somebody has changed. */
function isSending({ data }: Reply): boolean {
  const notification = data?.['notification'] as { deliveries: { state: string }[] } | null | undefined;
  return notification?.deliveries.some(({ state }) => state === 'PENDING') ?? false;
}

describe('C7: the matrix', () => {
  it('knows what each id of each root field is of', () => {
    expect(PLACES.map(({ name }) => name).sort()).toEqual(Object.keys(KIND_AT).sort());
    const kinds = new Set(Object.values(KIND_AT));
    expect(KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('shows the objects to those who may see them', async () => {
    for (const place of PLACES.filter(({ operation, path }) => operation === 'query' && path.length === 1)) {
      const kind = kindAt(place.name);
      if (kind == null) continue;
      for (const viewer of ['organizer', ...seenBy(kind)] as const) {
        const { data } = await askGateway(
          sessionOf(viewer),
          questionAt(place, world.theirs[kind], world.theirs),
        );
        const [found] = [data?.[place.field.name]].flat();
        expect([place.name, viewer, found]).toEqual([place.name, viewer, expect.any(Object)]);
      }
    }
  });

  const refusable = PLACES.filter(
    ({ name, operation }) => operation !== 'subscription' && kindAt(name) != null,
  );

  it.each(refusable.map((place) => [place.name, place] as const))(
    '%s answers those who may not see an object as if there were none',
    async (name, place) => {
      const kind = kindAt(name);
      if (kind == null) throw new Error('filtered above');
      for (const viewer of hiddenFrom(kind)) {
        const answers = await compare(
          world.theirs[kind],
          async (id) => await askGateway(sessionOf(viewer), questionAt(place, id, ownOf(viewer))),
        );
        expectRefusal(place, answers.missing);
        expect([viewer, answers.real]).toEqual([viewer, answers.missing]);
      }
    },
  );

  const watchable = PLACES.filter(({ operation }) => operation === 'subscription');

  it.each(watchable.map((place) => [place.name, place] as const))(
    '%s ends for those who may not see an object as if there were none',
    async (name, place) => {
      const kind = kindAt(name);
      if (kind == null) throw new Error('every subscription has a kind');
      const refusalOf = async (who: Session, id: string): Promise<Reply> => {
        const { query, variables } = questionAt(place, id, world.theirs);
        const [event = {}, ...more] = await who.overWebSocket(query, variables);
        expect(more).toEqual([]);
        expect(event.errors).toHaveLength(1);
        return { errors: event.errors ?? [] };
      };
      const viewers = hiddenFrom(kind).flatMap((viewer) => sessionOf(viewer) ?? []);
      expect(viewers.length).toBeGreaterThan(1);
      await Promise.all(
        viewers.map(async (who) => {
          const answers = await compare(world.theirs[kind], async (id) => await refusalOf(who, id));
          expect(answers.real).toEqual(answers.missing);
        }),
      );
    },
  );

  it('lists, searches and counts without what is hidden', async () => {
    const lists = `{ meetings(first: 100) { totalCount edges { node { id } } } todos(first: 100) { totalCount edges { node { id } } }
      tasks(first: 100) { totalCount edges { node { id } } } viewer { meetings { totalCount } todos { totalCount } } }`;
    for (const viewer of ['colleague', 'stranger'] as const) {
      const text = JSON.stringify(await askGateway(world[viewer], { query: lists, variables: {} }));
      expect(text).toContain(world.own[viewer].Meeting);
      for (const kind of ['Meeting', 'Todo', 'Task'] as const) expect(text).not.toContain(world.theirs[kind]);
    }
  });
});

describe('C6: the second line, in the subgraphs', () => {
  const resolved = SUBGRAPHS.flatMap(({ name, resolvesById }) =>
    [...resolvesById()].map((type) => [name, type] as const),
  );

  it('knows every entity', () => {
    const unknown = resolved.filter(([, type]) => !(KINDS as readonly string[]).includes(type));
    // Several subgraphs may add to one.
    expect([...new Set(unknown.map(([, type]) => type))].sort()).toEqual(NO_OBJECT.toSorted());
    expect(resolved.length).toBeGreaterThan(15);
  });

  it.each(resolved.filter(([, type]) => !NO_OBJECT.includes(type)))(
    '%s answers for a hidden %s as if there were none',
    async (subgraph, type) => {
      const kind = type as Kind;
      for (const viewer of hiddenFrom(kind)) {
        const answers = await compare(
          world.theirs[kind],
          async (id) => await askSubgraph(subgraph, sessionOf(viewer), entityQuestion(subgraph, type, id)),
        );
        expect([viewer, answers.real]).toEqual([viewer, answers.missing]);
      }
      const { data, errors } = await askSubgraph(
        subgraph,
        world.organizer,
        entityQuestion(subgraph, type, world.theirs[kind]),
      );
      expect(errors).toBeUndefined();
      expect(data?.['_entities']).toEqual([expect.objectContaining({ id: world.theirs[kind] })]);
    },
  );

  const fields = SUBGRAPHS.flatMap(({ name, schema }) =>
    idPlacesOf(schema())
      .filter((place) => place.operation !== 'subscription' && kindAt(place.name) != null)
      .map((place) => [name, place.name, place] as const),
  );

  it.each(fields)(
    '%s: %s answers a signed request of another viewer as the gateway does',
    async (subgraph, name, place) => {
      const kind = kindAt(name);
      if (kind == null) throw new Error('filtered above');
      for (const viewer of hiddenFrom(kind)) {
        const answers = await compare(
          world.theirs[kind],
          async (id) => await askSubgraph(subgraph, sessionOf(viewer), questionAt(place, id, ownOf(viewer))),
        );
        expectRefusal(place, answers.missing);
        expect([viewer, answers.real]).toEqual([viewer, answers.missing]);
      }
    },
  );
});

describe('C8: properties', () => {
  it.each(['tenantId', 'workspaceId', 'ownerId', 'organizerId', 'createdBy', 'isAdmin'])(
    'no input takes a %s',
    (field) => {
      const inputs = Object.values(api.getTypeMap()).filter(isInputObjectType);
      expect(inputs.length).toBeGreaterThan(5);
      for (const input of inputs)
        if ('getFields' in input) expect(Object.keys(input.getFields())).not.toContain(field);
    },
  );

  it('what somebody says of itself or of a meeting changes neither role nor state', () => {
    const fieldsOf = (name: string): string[] => {
      const type = api.getType(name);
      return isInputObjectType(type) ? Object.keys(type.getFields()) : [];
    };
    for (const name of ['RegisterInput', 'UpdateProfileInput', 'CreateMeetingInput', 'UpdateMeetingInput']) {
      expect(fieldsOf(name).length).toBeGreaterThan(3);
      for (const field of ['role', 'active', 'status', 'closed']) expect(fieldsOf(name)).not.toContain(field);
    }
  });

  it("a guest reads nobody else's e-mail, in no place that people stand in", async () => {
    const query = `query ($id: ID!) { users(first: 50) { edges { node { id email } } } meeting(id: $id) { organizer { id email }
      participants(first: 10) { edges { node { email user { id email } } } } } viewer { id email } }`;
    const { data } = await askGateway(world.guest, { query, variables: { id: world.theirs.Meeting } });
    const text = JSON.stringify(data);
    expect(text).toContain(world.guest.email);
    for (const other of [world.organizer, world.participant, world.colleague])
      expect(text).not.toContain(other.email);
  });
});

describe('C7: after the matrix', () => {
  it('nothing of the organizer has changed', async () => {
    // The matrix ran before this; what it tried was refused.
    expect(await picture()).toEqual(before);
  });
});

/** A refusal that says nothing but that there is no such thing, or that one has to sign in. */
function expectRefusal(place: IdPlace, reply: string): void {
  const { data, errors } = JSON.parse(reply) as Reply;
  if (errors !== undefined) {
    const codes = errors.map(({ extensions }) => extensions?.['code']);
    expect(['UNAUTHORIZED_FIELD_OR_TYPE', 'UNAUTHENTICATED']).toContain(codes[0]);
    return;
  }
  if (place.operation !== 'mutation') return;
  const payload = data?.[place.field.name] as
    | { userErrors: { code: string; path: string[] | null }[] }
    | undefined;
  const userErrors = payload?.userErrors ?? [];
  const [error] = userErrors;
  // An id among other input is wrong input like any other, at its place.
  const isWrongInput = error?.code === 'BAD_INPUT' && error.path?.includes(place.path.at(-1) ?? '');
  expect([place.name, userErrors, isWrongInput === true || error?.code === 'NOT_FOUND']).toEqual([
    place.name,
    userErrors,
    true,
  ]);
}
