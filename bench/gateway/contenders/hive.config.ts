// Configuration of Hive Gateway, copied to where it is installed.

/** The name under which it is looked for. */
export const gatewayConfig = {
  // The just-in-time compiler that its own benchmarks turn on; the Rust runtime has none.
  jit: process.env['HIVE_ROUTER_RUNTIME'] !== 'true',
  propagateHeaders: {
    fromClientToSubgraphs: ({
      request,
    }: {
      readonly request: Request;
    }): Readonly<Record<string, string>> => ({
      authorization: request.headers.get('authorization') ?? '',
    }),
  },
};
