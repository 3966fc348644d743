// The users subgraph of the fixture in a process of its own, for tests that kill it: port.
import { serveUsers } from './fixture-graph.ts';

await serveUsers(Number(process.argv[2]));
