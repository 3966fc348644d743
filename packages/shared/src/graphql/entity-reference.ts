/** An entity of which only the key is known here; its owner resolves the rest. */
export interface EntityReference {
  readonly __typename?: string;
  readonly id: string;
}
