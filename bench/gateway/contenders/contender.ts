/** A gateway under test: how its process is started. */
export interface Contender {
  /** For `--only`. */
  readonly key: string;
  readonly name: string;
  /** Arguments of Node. */
  readonly args: (setting: Setting) => readonly string[];
  readonly cwd?: string;
  readonly path: string;
  /** Its answer has to be stock's, byte by byte; else value by value. */
  readonly sameBytes: boolean;
  readonly environment: (setting: Setting) => Readonly<Record<string, string>>;
  /** It composes the subgraphs itself, and ours use what it does not know. */
  readonly isForShopOnly?: boolean;
  /** Brings what it needs and the repository does not have. */
  readonly install?: () => Promise<void>;
}

/** What a contender is started with. */
export interface Setting {
  readonly port: number;
  /** Supergraph SDL. */
  readonly supergraphFile: string;
  /** Where the subgraphs are, as `[{ "name", "url" }]`, for a gateway that composes by itself. */
  readonly servicesFile: string;
  /** The fetches of ours and the answer, for the physical limit; see limit-process.ts. */
  readonly fetchesFile: string;
}
