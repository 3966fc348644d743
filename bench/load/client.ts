import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { z } from 'zod';
import { REPOSITORY } from '../../scripts/supergraph/supergraph-config.ts';

/** What became of one operation. */
export interface Answer {
  readonly data: Readonly<Record<string, unknown>>;
  /** Codes of `userErrors` of the first field: the platform did its work and said no. */
  readonly refusals: readonly string[];
}

/** Clients of one gateway, over connections that are kept. */
export interface Api {
  /** @throws Error when it is not answered, not with 200, or with errors. */
  readonly run: (accessToken: string | null, query: string, variables?: object) => Promise<Answer>;
  readonly close: () => void;
}

const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).loose().optional() }))
    .optional(),
});
const payload = z.object({ userErrors: z.array(z.object({ code: z.string() })) });

/** As long as the gateway lets a request take, and what its way takes. */
const TIMEOUT_MS = 20_000;

/** Builds an {@link Api} of the gateway at `url`. */
export function createApi(url: string): Api {
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  const { hostname, port } = new URL(url);
  const send = (accessToken: string | null, body: string): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
      };
      const sent = request(
        { agent, hostname, port, path: '/graphql', method: 'POST', headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
          );
        },
      );
      sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error('no answer')));
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    run: async (accessToken, query, variables = {}) => {
      const { status, text } = await send(accessToken, JSON.stringify({ query, variables }));
      if (status !== 200) throw new Error(`status ${status}`);
      const { data, errors = [] } = answer.parse(JSON.parse(text));
      const [error] = errors;
      if (error !== undefined) throw new Error(error.extensions?.code ?? error.message);
      const [first] = Object.values(data ?? {});
      const said = payload.safeParse(first);
      return { data: data ?? {}, refusals: said.success ? said.data.userErrors.map(({ code }) => code) : [] };
    },
    close: () => agent.destroy(),
  };
}

/** An operation that clients of ours send, by the name of its file. */
export function recorded(name: string): string {
  return readFileSync(new URL(`operations/${name}.graphql`, REPOSITORY), 'utf8');
}
