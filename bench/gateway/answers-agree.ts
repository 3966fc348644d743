import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

const DATA_START = '{"data":';
const graphqlAnswer = z.object({ data: z.unknown(), errors: z.unknown().optional() });

/** In what an answer differs from stock's; undefined when it does not. What stands beside data and errors does not count. */
export function differenceFrom(stock: string, answer: string, sameBytes: boolean): string | undefined {
  if (sameBytes) {
    const [theirs, ours] = [dataText(stock), dataText(answer)];
    if (theirs === ours) return undefined;
    let at = 0;
    while (theirs[at] === ours[at]) at += 1;
    return `other bytes from character ${at} of data on: ${ours.slice(Math.max(0, at - 40), at + 40)}`;
  }
  const [theirs, ours] = [stock, answer].map((text) => graphqlAnswer.parse(JSON.parse(text)));
  return isDeepStrictEqual(theirs, ours) ? undefined : `other values: ${answer.slice(0, 200)}`;
}

/** The JSON text of `data` in an answer without errors. @throws Error for another answer */
function dataText(answer: string): string {
  const text = answer.trimEnd();
  const { errors } = graphqlAnswer.parse(JSON.parse(text));
  if (!text.startsWith(DATA_START) || errors !== undefined) {
    throw new Error(`not an answer that begins with data: ${text.slice(0, 300)}`);
  }
  const extensionsAt = text.lastIndexOf(',"extensions":');
  return text.slice(DATA_START.length, extensionsAt < 0 ? -1 : extensionsAt);
}
