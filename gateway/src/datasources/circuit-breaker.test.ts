import { describe, expect, it } from 'vitest';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';

const end = (breaker: CircuitBreaker, results: string, now: number): void => {
  for (const result of results) breaker.record(breaker.admit(now), result === '+', now);
};

describe('a circuit breaker', () => {
  it('opens when at least five and at least half of the latest calls failed', () => {
    const few = createCircuitBreaker();
    end(few, '----', 0);
    expect(few.admit(1)).toBe('closed');
    const rare = createCircuitBreaker();
    end(rare, '++++++----', 0);
    expect(rare.admit(1)).toBe('closed');
    end(rare, '--', 1);
    expect(rare.admit(2)).toBe('refused');
  });

  it('forgets what was before the window, however well or badly that went', () => {
    const breaker = createCircuitBreaker({ windowMs: 1_000 });
    end(breaker, '+'.repeat(1_000), 0);
    end(breaker, '-----', 2_500);
    expect(breaker.admit(2_600)).toBe('refused');
    const failedOnce = createCircuitBreaker({ windowMs: 1_000 });
    end(failedOnce, '----', 0);
    end(failedOnce, '----', 2_500);
    expect(failedOnce.admit(2_600)).toBe('closed');
  });

  it('opens after ten failures in a row, among many calls or over a long time', () => {
    const busy = createCircuitBreaker();
    end(busy, `${'+'.repeat(1_000)}---------`, 0);
    expect(busy.admit(1)).toBe('closed');
    end(busy, '-', 1);
    expect(busy.admit(2)).toBe('refused');
    const idle = createCircuitBreaker();
    for (let time = 0; time < 10; time += 1) end(idle, '-', time * 10_000);
    expect(idle.admit(90_001)).toBe('refused');
  });

  it('keeps what was in the window before while a new one begins', () => {
    const breaker = createCircuitBreaker({ windowMs: 1_000 });
    end(breaker, '---', 0);
    end(breaker, '--', 1_100);
    expect(breaker.admit(1_200)).toBe('refused');
  });

  it('lets one call a second through while open, also when the one before has not ended', () => {
    const breaker = createCircuitBreaker({ probeEveryMs: 1_000 });
    end(breaker, '-----', 0);
    const admitted = [500, 1_000, 1_001, 1_999, 2_000].map((now) => breaker.admit(now));
    expect(admitted).toEqual(['refused', 'probe', 'refused', 'refused', 'probe']);
  });

  it('closes with the first probe that succeeds, and not with a call that had begun before it opened', () => {
    const changes: string[] = [];
    const breaker = createCircuitBreaker({ onChange: (state) => void changes.push(state) });
    const early = breaker.admit(0);
    end(breaker, '-----', 0);
    breaker.record(early, true, 10);
    expect(breaker.admit(20)).toBe('refused');
    breaker.record(breaker.admit(1_000), false, 1_100);
    expect(breaker.admit(1_200)).toBe('refused');
    breaker.record(breaker.admit(2_000), true, 2_100);
    expect(breaker.admit(2_200)).toBe('closed');
    expect(changes).toEqual(['open', 'closed']);
  });
});
