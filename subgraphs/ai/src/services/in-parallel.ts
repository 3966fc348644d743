/**
 * Does the work of all inputs, `width` at a time, and gives what they made in order. After the first failure nothing more is
 * begun, and what has begun is finished before the failure is thrown: it may have been paid for.
 */
export async function inParallel<I, O>(
  inputs: readonly I[],
  width: number,
  work: (input: I, index: number) => Promise<O>,
): Promise<O[]> {
  const made: O[] = [];
  const failures: unknown[] = [];
  const waiting = inputs.entries();
  const lane = async (): Promise<void> => {
    for (const [index, input] of waiting) {
      if (failures.length > 0) return;
      try {
        made[index] = await work(input, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, inputs.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return made;
}
