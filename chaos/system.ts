/** Where a run happens, as its processes get it through their environment. */
export interface SystemAddress {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly redisUrl: string;
  readonly namespace: string;
  /** Path of the writer's journal. */
  readonly journal: string;
  readonly ratePerSecond: number;
  /** Of its streams. */
  readonly duplicateWindowSeconds: number;
}

const VARIABLE = 'CHAOS_SYSTEM';

/** The environment of a child process that belongs to the system. */
export function environmentOf(system: SystemAddress): NodeJS.ProcessEnv {
  return { ...process.env, [VARIABLE]: JSON.stringify(system) };
}

/** The address that the parent process gave. */
export function readEnvironment(): SystemAddress {
  return JSON.parse(process.env[VARIABLE] ?? '{}') as SystemAddress;
}
