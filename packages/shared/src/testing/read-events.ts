import { connectMessaging, eventSubject, qualify, streamNames } from '../messaging/index.ts';
import { testServers } from './test-servers.ts';
import { until } from './until.ts';

/** The events of one aggregate. */
export interface ToldEvents {
  readonly service: string;
  readonly workspaceId: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  /** @default all */
  readonly event?: string;
}

/** Payloads of the events that a service has told of one aggregate, in their order; waits until there are `count`. */
export async function readEvents(namespace: string, told: ToldEvents, count: number): Promise<object[]> {
  const { event, service } = told;
  const messaging = await connectMessaging({ url: testServers().natsUrl, name: 'test reader', namespace });
  // A subject of the address itself holds no wildcard; the name of the event comes last.
  const [prefix] = eventSubject({ ...told, event: 'any' }).split('.any');
  const next_by_subj = qualify(namespace, `${prefix}.${event ?? '*'}`);
  const stream = streamNames(namespace, service).events;
  const readAll = async (): Promise<object[]> => {
    const payloads: object[] = [];
    for (let seq = 1; ; ) {
      // The server takes the two together; the type knows them one by one.
      const query = { seq, next_by_subj };
      const message = await messaging.manager.streams.getMessage(stream, query).catch(() => null);
      if (message === null) return payloads;
      payloads.push(message.json<object>());
      seq = message.seq + 1;
    }
  };
  try {
    return await until(`${count} events are told`, async () => {
      const payloads = await readAll();
      return payloads.length >= count ? payloads : undefined;
    });
  } finally {
    await messaging.connection.close();
  }
}
