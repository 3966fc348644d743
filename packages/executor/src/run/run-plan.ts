import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { attach } from '../entities/attach.ts';
import { findEntities } from '../entities/find-entities.ts';
import { createInterner } from '../entities/intern.ts';
import { applyRewrites } from '../entities/rewrites.ts';
import { createAnswerReader } from '../fetch/answer-reader.ts';
import { type Fetcher, fieldOf, isJsonObject, type JsonObject, MAX_ERRORS } from '../fetch/subgraph-fetch.ts';
import type { CompiledFetch, EntityFetch } from '../plan/compile-fetch.ts';
import type { CompiledPlan } from '../plan/compile-plan.ts';
import type { Step } from '../plan/steps.ts';
import { entityErrors, fetchError } from './answer-errors.ts';
import { createEntityFetching, type EntityFetching } from './entity-fetching.ts';

/** One run of a plan. */
export interface PlanRun {
  readonly plan: CompiledPlan;
  readonly supergraph: GraphQLSchema;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly fetcher: Fetcher;
}

/** What the subgraphs have answered, together. Objects may be shared: it is a graph, not a tree. */
export interface PlanOutcome {
  readonly data: JsonObject;
  /** Errors of subgraphs as GraphQLErrors, and whatever the fetcher threw. */
  readonly errors: readonly unknown[];
}

interface Run extends PlanRun {
  readonly root: JsonObject;
  readonly errors: unknown[];
  /** Objects by path, as long as nothing has been attached since: fetches of one path mostly begin together. */
  readonly found: Map<string, readonly JsonObject[]>;
  readonly variableJson: (name: string) => string | undefined;
  readonly entityFetching: EntityFetching;
}

/** Runs a plan. A fetch that fails leaves its part out and an error behind; this never rejects for that. */
export async function runPlan(given: PlanRun): Promise<PlanOutcome> {
  const { plan, variables, fetcher } = given;
  const variableJson = jsonOf(variables);
  const entityFetching = createEntityFetching({ writer: plan.requests, variableJson, fetcher });
  const run: Run = { ...given, root: {}, errors: [], found: new Map(), variableJson, entityFetching };
  if (plan.step !== null) await runStep(plan.step, run);
  return { data: run.root, errors: run.errors };
}

// Not async, as little here as can be: steps are within steps, and each of them would add turns of the microtask queue.
function runStep(step: Step, run: Run): Promise<unknown> {
  switch (step.kind) {
    case 'fetch':
      return runFetch(step.fetch, run);
    case 'sequence':
      return runSequence(step.steps, run);
    case 'parallel':
      return Promise.all(step.steps.map((next) => runStep(next, run)));
    default: {
      const { variable, byDefault } = step;
      const holds = fieldOf(run.variables, variable) ?? byDefault;
      const next = holds === true ? step.whenTrue : step.whenFalse;
      return next === null ? Promise.resolve() : runStep(next, run);
    }
  }
}

async function runSequence(steps: readonly Step[], run: Run): Promise<void> {
  for (const step of steps) await runStep(step, run);
}

async function runFetch(fetch: CompiledFetch, run: Run): Promise<void> {
  try {
    const objects = objectsOf(fetch, run);
    if (objects.length === 0) return;
    if (fetch.entity === null) await fetchFields(fetch, objects, run);
    else await fetchEntities(fetch, fetch.entity, objects, run);
  } catch (error) {
    run.errors.push(error);
  }
}

function objectsOf({ place, steps }: CompiledFetch, { root, found }: Run): readonly JsonObject[] {
  const known = found.get(place);
  if (known !== undefined) return known;
  const objects = findEntities(root, steps);
  found.set(place, objects);
  return objects;
}

async function fetchFields(fetch: CompiledFetch, objects: readonly JsonObject[], run: Run): Promise<void> {
  const { subgraph, kind, node } = fetch;
  const values: string[] = [];
  for (const name of fetch.variableNames) {
    const json = run.variableJson(name);
    if (json !== undefined) values.push(`"${name}":${json}`);
  }
  const body = `${fetch.bodyStart}{${values.join(',')}}}`;
  const reader = createAnswerReader(fetch.internNode, fetch.habit);
  const { data, errors } = await run.fetcher({ subgraph, kind, body, node, parse: reader.parse });
  for (const error of (errors ?? []).slice(0, MAX_ERRORS)) run.errors.push(fetchError(error, fetch));
  if (!isJsonObject(data)) return;
  applyRewrites(fetch.outputRewrites, data, run.supergraph);
  if (fetch.internNode !== null && !reader.isInterned()) createInterner(fetch.internNode).intern(data);
  run.found.clear();
  for (const object of objects) attach(object, data, fetch.attached);
}

async function fetchEntities(
  fetch: CompiledFetch,
  entity: EntityFetch,
  objects: readonly JsonObject[],
  run: Run,
): Promise<void> {
  const indexes = new Map<string, number>();
  const indexByObject = new Map<JsonObject, number>();
  for (const object of objects) {
    const json = entity.represent(object);
    if (json === null) continue;
    const index = indexes.get(json) ?? indexes.size;
    indexes.set(json, index);
    indexByObject.set(object, index);
  }
  if (indexes.size === 0) return;
  const { entities, errors, isInterned, failure } = await run.entityFetching.fetch({
    fetch,
    entity,
    representations: [...indexes.keys()],
  });
  for (const error of entityErrors(errors, { fetch, root: run.root, indexByObject })) run.errors.push(error);
  if (failure !== null) throw failure;
  if (fetch.outputRewrites.length > 0) rewrite(entities, indexByObject, { fetch, run });
  if (fetch.internNode !== null && !isInterned) createInterner(fetch.internNode).intern(entities);
  run.found.clear();
  for (const [object, index] of indexByObject) {
    const received = entities[index];
    if (!isJsonObject(received)) continue;
    // A subgraph with an interface object knows the interface only, and what the object is has been said already.
    if (isInterface(received['__typename'], run)) received['__typename'] = undefined;
    attach(object, received, fetch.attached);
  }
}

function isInterface(typename: unknown, { supergraph }: Run): boolean {
  return typeof typename === 'string' && isInterfaceType(supergraph.getType(typename));
}

// Conditions in the paths of rewrites look at the type, which a subgraph need not repeat.
function rewrite(
  entities: readonly unknown[],
  indexByObject: ReadonlyMap<JsonObject, number>,
  { fetch, run }: { readonly fetch: CompiledFetch; readonly run: Run },
): void {
  const done = new Set<number>();
  for (const [object, index] of indexByObject) {
    const received = entities[index];
    if (done.has(index) || !isJsonObject(received)) continue;
    done.add(index);
    received['__typename'] ??= object['__typename'];
    applyRewrites(fetch.outputRewrites, received, run.supergraph);
  }
}

// Each variable is written once, however many fetches use it.
function jsonOf(variables: Readonly<Record<string, unknown>>): (name: string) => string | undefined {
  const written = new Map<string, string>();
  return (name) => {
    const known = written.get(name);
    if (known !== undefined || !Object.hasOwn(variables, name)) return known;
    const json = JSON.stringify(variables[name]) as string | undefined;
    if (json !== undefined) written.set(name, json);
    return json;
  };
}
