import { type MsgHdrs, headers } from 'nats';

/** Headers of a message, as the client of NATS takes them. */
export function headersOf(values: Readonly<Record<string, string>>): MsgHdrs {
  const carried = headers();
  for (const [name, value] of Object.entries(values)) carried.set(name, value);
  return carried;
}
