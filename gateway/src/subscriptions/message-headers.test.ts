import { describe, expect, it } from 'vitest';
import { headersOf, type LiveMessage } from './message-headers.ts';

const HEADERS = 'NATS/1.0\r\nNats-Stream: EVT_A\r\nce-id:  7 \r\nce-id: 8\r\nx-name: 회의\r\nEmpty:\r\n\r\n';

/** A message as the library cuts it out of what has come: subject, headers and body. */
function message(headers: string, { size = 0, known = {} as Record<string, string> } = {}): LiveMessage {
  const [before, head, body] = ['HMSG live.evt.a 1 9 9\r\n', headers, '{"id":"1"}'].map((text) =>
    Buffer.from(text),
  );
  const received = Buffer.concat([before, head, body].map((part) => part ?? Buffer.alloc(0)));
  const subject = 'live.evt.a';
  const data = received.subarray((before?.length ?? 0) + (head?.length ?? 0));
  const whole = subject.length + (head?.length ?? 0) + data.length + size;
  return { subject, data, size: () => whole, headers: { get: (name: string) => known[name] ?? '' } } as never;
}

describe('headers of a message', () => {
  it('are read where they lie: the first value of each, trimmed', () => {
    const header = headersOf(message(HEADERS));
    expect(['Nats-Stream', 'ce-id', 'x-name', 'Empty'].map(header)).toEqual(['EVT_A', '7', '회의', '']);
  });

  it('are empty when they are not there, also where another name or a value holds theirs', () => {
    const header = headersOf(message('NATS/1.0\r\nx-id: Nats-Stream: A\r\n\r\n'));
    expect(['Nats-Stream', 'id', 'X-Id'].map(header)).toEqual(['', '', '']);
  });

  it('are those of the library when they do not lie before the body', () => {
    const known = { 'Nats-Stream': 'EVT_B' };
    expect(headersOf(message(HEADERS, { size: 5, known }))('Nats-Stream')).toBe('EVT_B');
    expect(headersOf(message('', { known }))('Nats-Stream')).toBe('EVT_B');
  });
});
