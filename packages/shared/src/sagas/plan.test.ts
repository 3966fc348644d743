import { describe, expect, it } from 'vitest';
import { isCommitted, type PlannedStep, planNext, type StageRules, type StepState } from './plan.ts';

const RULES: StageRules = { name: 'stage', width: 2, onFailure: 'COMPENSATE', pivot: false };

/** Steps by their stages: `['DONE', 'DOING'], ['PLANNED']`; a step in parentheses waits for its time. */
function steps(...stages: readonly string[][]): (PlannedStep & { readonly name: string })[] {
  return stages.flatMap((states, stage) =>
    states.map((text, place) => ({
      name: `${stage}.${place}`,
      stage,
      state: text.replace(/[()]/g, '') as StepState,
      waiting: text.startsWith('('),
    })),
  );
}

function plan(
  state: 'RUNNING' | 'COMPENSATING',
  stages: readonly StageRules[],
  standing: ReturnType<typeof steps>,
): object {
  const names = (list: readonly { name: string }[]): string => list.map(({ name }) => name).join(' ');
  const next = planNext(state, stages, standing);
  return { state: next.state, start: names(next.start), undo: names(next.undo), stop: names(next.stop) };
}

describe('the plan of a saga', () => {
  const idle = { start: '', undo: '', stop: '' };

  it('starts as many steps of the first open stage as fit, in order', () => {
    const standing = steps(['DONE'], ['DOING', 'PLANNED', 'PLANNED'], ['PLANNED']);
    expect(plan('RUNNING', [RULES, RULES, RULES], standing)).toEqual({
      ...idle,
      state: 'RUNNING',
      start: '1.1',
    });
  });

  it('passes over a step whose time has not come', () => {
    const standing = steps(['(PLANNED)', 'PLANNED', 'PLANNED']);
    expect(plan('RUNNING', [RULES], standing)).toMatchObject({ start: '0.1 0.2' });
  });

  it('ends when every step of every stage is over, and at once without any', () => {
    const rules = { ...RULES, onFailure: 'CONTINUE' } as const;
    expect(plan('RUNNING', [rules], steps(['DONE', 'FAILED']))).toEqual({ ...idle, state: 'COMPLETED' });
    expect(plan('RUNNING', [rules], [])).toEqual({ ...idle, state: 'COMPLETED' });
  });

  it('turns back at a failure and stops what is under way', () => {
    const standing = steps(['DONE'], ['FAILED', 'DOING']);
    expect(plan('RUNNING', [RULES, RULES], standing)).toEqual({
      ...idle,
      state: 'COMPENSATING',
      stop: '1.1',
    });
  });

  it('undoes nothing while a step is under way', () => {
    const standing = steps(['DONE'], ['FAILED', 'DOING']);
    expect(plan('COMPENSATING', [RULES, RULES], standing)).toEqual({ ...idle, state: 'COMPENSATING' });
  });

  it('undoes stage by stage and step by step in reverse', () => {
    const stages = [RULES, RULES];
    const undo = (standing: ReturnType<typeof steps>): object => plan('COMPENSATING', stages, standing);
    expect(undo(steps(['DONE'], ['DONE', 'DONE', 'DONE']))).toMatchObject({ undo: '1.2 1.1' });
    expect(undo(steps(['DONE'], ['DONE', 'UNDOING', 'UNDONE']))).toMatchObject({ undo: '1.0' });
    expect(undo(steps(['DONE'], ['(DONE)', 'UNDONE', 'UNDONE']))).toMatchObject({ undo: '' });
    expect(undo(steps(['DONE'], ['UNDONE', 'FAILED', 'PLANNED']))).toMatchObject({ undo: '0.0' });
    expect(undo(steps(['UNDONE'], ['UNDONE', 'FAILED', 'PLANNED']))).toEqual({
      ...idle,
      state: 'COMPENSATED',
    });
  });

  it('has no way back once the pivot stage is the current one', () => {
    const stages = [RULES, { ...RULES, pivot: true }, RULES];
    expect(isCommitted(stages, steps(['DOING'], ['PLANNED'], ['PLANNED']))).toBe(false);
    expect(isCommitted(stages, steps(['DONE'], ['DOING'], ['PLANNED']))).toBe(true);
    expect(isCommitted(stages, steps(['DONE'], ['DONE'], ['DOING']))).toBe(true);
  });
});
