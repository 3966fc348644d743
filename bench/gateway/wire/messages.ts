/** Called for each message: start line and headers as one text, and the body. */
export type OnMessage = (head: string, body: Buffer) => void;

const END_OF_HEAD = '\r\n\r\n';
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/**
 * Splits what arrives on a keep-alive connection into HTTP/1.1 messages, requests or responses, pipelined or not. It
 * reads content-length and chunked bodies and nothing else: both ends of a run are ours or are known. A tenth of what
 * node:http costs, so that what is measured is the gateway between two of these.
 */
export function createMessageReader(onMessage: OnMessage): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let size = 0;
  // Below this many bytes the message cannot be complete.
  let needed = 0;
  return (chunk) => {
    parts.push(chunk);
    size += chunk.length;
    if (size < needed) return;
    let rest = parts.length === 1 ? chunk : Buffer.concat(parts, size);
    needed = 0;
    while (rest.length > 0 && needed === 0) {
      const headEnd = rest.indexOf(END_OF_HEAD);
      if (headEnd < 0) {
        needed = rest.length + 1;
        break;
      }
      const head = rest.toString('latin1', 0, headEnd);
      const bodyStart = headEnd + END_OF_HEAD.length;
      const chunked = isChunked(head) ? readChunks(rest, bodyStart) : undefined;
      const end = chunked === undefined ? bodyStart + contentLength(head) : chunked.end;
      if (end > rest.length) {
        needed = end;
        break;
      }
      onMessage(head, chunked?.body ?? rest.subarray(bodyStart, end));
      rest = rest.subarray(end);
    }
    parts = rest.length > 0 ? [rest] : [];
    size = rest.length;
  };
}

function contentLength(head: string): number {
  return Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
}

function isChunked(head: string): boolean {
  return /\r\ntransfer-encoding: *chunked/i.test(head);
}

/** The body of a chunked message and where it ends; beyond the end of the bytes while it is incomplete. */
function readChunks(bytes: Buffer, start: number): { readonly end: number; readonly body: Buffer } {
  const incomplete = { end: bytes.length + 1, body: bytes };
  // Most often the last bytes tell that more is to come, without a walk along the chunks.
  if (bytes.length < start + LAST_CHUNK.length || bytes.indexOf(LAST_CHUNK, start) < 0) return incomplete;
  const chunks: Buffer[] = [];
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return incomplete;
    const length = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + length + 2;
    if (next > bytes.length) return incomplete;
    if (length === 0) return { end: next, body: Buffer.concat(chunks) };
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = next;
  }
}
