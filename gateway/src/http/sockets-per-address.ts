/** Counts what each address has open. */
export interface AddressCounts {
  /** Counts one in; the returned function counts it out. `null`: the address has as many as allowed. */
  readonly enter: (address: string | undefined) => (() => void) | null;
}

const NOTHING = (): void => undefined;

/** So many sockets of one address, whether they have said who they are or not; `null` does not limit them. */
export function createAddressCounts(limit: number | null): AddressCounts {
  const counts = new Map<string, number>();
  return {
    enter: (address) => {
      if (limit === null || address === undefined) return NOTHING;
      const before = counts.get(address) ?? 0;
      if (before >= limit) return null;
      counts.set(address, before + 1);
      return () => {
        const left = (counts.get(address) ?? 0) - 1;
        if (left > 0) counts.set(address, left);
        else counts.delete(address);
      };
    },
  };
}
