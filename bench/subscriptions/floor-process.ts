/**
 * The least that can stand between NATS and a subscriber: takes a message, puts it into a graphql-transport-ws frame unread, and
 * sends it. No identity, no plan, no order, no memory. What it takes, no gateway on this machine can beat.
 */
import { createServer } from 'node:http';
import { connectMessaging, type Messaging } from '@hoerok/shared/messaging';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerAsks } from './asking.ts';
import { FLOORS, type FloorSource, streamOf, subjectOf } from './floor-source.ts';

const { FLOOR_PORT = '', NATS_URL: url = '', FLOOR_SOURCE = '' } = process.env;
const source = FLOORS.find((name) => name === FLOOR_SOURCE) ?? 'core';
const messaging = await connectMessaging({ url, name: 'floor' });
let watching = 0;

interface ClientMessage {
  readonly type: string;
  readonly payload?: { readonly variables?: { readonly list?: string } };
}

const server = createServer((_, response) => response.end());
const sockets = new WebSocketServer({
  server,
  handleProtocols: (protocols) => [...protocols][0] ?? false,
  perMessageDeflate: false,
});
sockets.on('connection', (socket) => {
  socket.on('message', (raw: Buffer) => {
    const { type, payload } = JSON.parse(raw.toString('utf8')) as ClientMessage;
    if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
    if (type === 'subscribe') void forward(socket, payload?.variables?.list ?? '');
  });
});
server.listen(Number(FLOOR_PORT), '127.0.0.1');

async function forward(socket: WebSocket, list: string): Promise<void> {
  const subscription = messaging.connection.subscribe(await deliverySubject(messaging, source, list), {
    callback: (_, message) =>
      socket.send(`{"id":"1","type":"next","payload":{"data":{"task":${message.string()}}}}`),
  });
  // The server knows of our interest when it answers.
  await messaging.connection.flush();
  watching += 1;
  socket.once('close', () => {
    subscription.unsubscribe();
    watching -= 1;
  });
}

async function deliverySubject(
  { manager, connection }: Messaging,
  from: FloorSource,
  list: string,
): Promise<string> {
  const subject = subjectOf(from, list);
  if (from !== 'consumer') return from === 'republished' ? `live.${subject}` : subject;
  const inbox = `floor.${connection.info?.client_id ?? 0}.${list}`;
  await manager.consumers.add(streamOf(from), {
    ack_policy: 'none',
    deliver_policy: 'new',
    deliver_subject: inbox,
    filter_subject: subject,
    mem_storage: true,
    inactive_threshold: 60_000_000_000,
  });
  return inbox;
}

answerAsks({ watching: () => watching });
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
