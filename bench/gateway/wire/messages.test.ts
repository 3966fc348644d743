import { describe, expect, it } from 'vitest';
import { createMessageReader } from './messages.ts';

const LENGTH = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst';
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nsecon\r\n1\r\nd\r\n0\r\n\r\n';
const BARE = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';

function read(chunks: readonly string[]): string[] {
  const bodies: string[] = [];
  const reader = createMessageReader((_, body) => bodies.push(body.toString()));
  for (const chunk of chunks) reader(Buffer.from(chunk));
  return bodies;
}

describe('the message reader', () => {
  it('splits what comes in one piece', () => {
    expect(read([LENGTH + CHUNKED + BARE + LENGTH])).toEqual(['first', 'second', '', 'first']);
  });

  it('joins what comes byte by byte', () => {
    expect(read((CHUNKED + LENGTH + BARE + CHUNKED).split(''))).toEqual(['second', 'first', '', 'second']);
  });

  it('does not take the end of a chunk for the end of the body', () => {
    const tricky = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n12340\r\n\r\n\r\n';
    expect(read([tricky.slice(0, -2)])).toEqual([]);
    expect(read([tricky])).toEqual([]);
    expect(read([tricky, '0\r\n\r\n'])).toEqual(['12340\r\n\r\n']);
  });

  it('gives the start line and the headers', () => {
    const heads: string[] = [];
    createMessageReader((head) => heads.push(head))(Buffer.from(BARE));
    expect(heads).toEqual(['GET / HTTP/1.1\r\nhost: a']);
  });
});
