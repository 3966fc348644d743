/** Subgraphs of the edge on ports of their own: `name=port` each. It tells how often each operation was booked. */
import { answerAsks } from '../../bench/subscriptions/asking.ts';
import { serveSubgraph } from '../../gateway/test/fixture-graph.ts';
import { SDL, type SubgraphName } from './graph.ts';

interface Reference {
  readonly id: string;
}

const bookings: Record<string, number> = {};
const ROOM = { name: 'large' };
const RESOLVERS: Readonly<Record<SubgraphName, object>> = {
  tasks: { Query: { task: () => null }, Task: { __resolveReference: () => null } },
  users: {
    Query: { me: () => ({ id: 'u1', name: 'User u1' }) },
    User: { __resolveReference: ({ id }: Reference) => ({ id, name: `User ${id}` }) },
  },
  rooms: {
    Query: { room: () => ROOM },
    Mutation: {
      book: (_: unknown, { op }: { readonly op: string }) => {
        bookings[op] = (bookings[op] ?? 0) + 1;
        return ROOM;
      },
    },
  },
};

const served = process.argv.slice(2).map(async (argument) => {
  const [name = '', port] = argument.split('=');
  const subgraph = await serveSubgraph(
    name,
    SDL[name as SubgraphName],
    RESOLVERS[name as SubgraphName],
    Number(port),
  );
  // What it remembers for tests would fill a long run.
  setInterval(() => subgraph.asked.splice(0), 1_000).unref();
});
answerAsks({
  ready: async () => void (await Promise.all(served)),
  bookings: () => bookings,
});
process.once('disconnect', () => process.exit(0));
