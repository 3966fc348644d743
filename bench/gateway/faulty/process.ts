/** A subgraph with one answer, which it gives well or badly. It serves the process that started it. */
import { createServer } from 'node:net';
import { createMessageReader } from '../wire/messages.ts';
import { type FaultName, FAULTS } from './faults.ts';

/** What the process takes; it reports its port and what it has been asked in return. */
export interface FaultyMessage {
  readonly fault: FaultName;
  /** Text of the answer. */
  readonly answer: string;
}

/** What the process tells: once when it is ready, then after each message. */
export interface FaultyReport {
  readonly port: number;
  /** Requests since the last report. */
  readonly requests: number;
}

let now: FaultyMessage = { fault: 'none', answer: '{"data":{}}' };
let requests = 0;
const server = createServer((socket) => {
  socket.setNoDelay(true).on('error', () => socket.destroy());
  const read = createMessageReader(() => {
    requests += 1;
    FAULTS[now.fault](socket, now.answer);
  });
  socket.on('data', read);
});
server.listen(0, '127.0.0.1', report);
process.on('message', (message: FaultyMessage) => {
  now = message;
  report();
});
process.once('disconnect', () => process.exit());

function report(): void {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.send?.({ port, requests } satisfies FaultyReport);
  requests = 0;
}
