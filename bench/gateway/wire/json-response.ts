/** A whole response whose body is this JSON text. */
export function jsonResponse(json: string): Buffer {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n`;
  return Buffer.from(head + json);
}
