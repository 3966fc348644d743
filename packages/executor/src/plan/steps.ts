import type { CompiledFetch } from './compile-fetch.ts';

/** A plan as it is run: the path of a Flatten node has gone into its fetches. */
export type Step =
  | { readonly kind: 'sequence'; readonly steps: readonly Step[] }
  | { readonly kind: 'parallel'; readonly steps: readonly Step[] }
  | {
      readonly kind: 'condition';
      readonly variable: string;
      /** What the variable is without a value of the client. */
      readonly byDefault: boolean;
      readonly whenTrue: Step | null;
      readonly whenFalse: Step | null;
    }
  | { readonly kind: 'fetch'; readonly fetch: CompiledFetch };
