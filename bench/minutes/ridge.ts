/**
 * Ridge regression: the weights w that minimize |Xw - y|² + penalty |w|². Columns and targets are taken as centered.
 * Solved by Gaussian elimination of the normal equations, so only for tens of columns.
 */
export function ridge(rows: readonly Float64Array[], targets: readonly number[], penalty: number): number[] {
  const width = rows[0]?.length ?? 0;
  const system = Array.from({ length: width }, (_, row) => {
    const line = new Float64Array(width + 1);
    line[row] = penalty;
    return line;
  });
  for (const [at, row] of rows.entries()) {
    for (let left = 0; left < width; left += 1) {
      const line = system[left] as Float64Array;
      const value = row[left] ?? 0;
      if (value === 0) continue;
      for (let right = 0; right < width; right += 1)
        line[right] = (line[right] ?? 0) + value * (row[right] ?? 0);
      line[width] = (line[width] ?? 0) + value * (targets[at] ?? 0);
    }
  }
  return solve(system, width);
}

/** Gauss-Jordan elimination; the matrix is positive definite, so the diagonal serves as pivot. */
function solve(system: Float64Array[], width: number): number[] {
  for (let pivot = 0; pivot < width; pivot += 1) {
    const line = system[pivot] as Float64Array;
    const lead = line[pivot] ?? 1;
    for (let column = pivot; column <= width; column += 1) line[column] = (line[column] ?? 0) / lead;
    for (const [at, other] of system.entries()) {
      const factor = other[pivot] ?? 0;
      if (at === pivot || factor === 0) continue;
      for (let column = pivot; column <= width; column += 1) {
        other[column] = (other[column] ?? 0) - factor * (line[column] ?? 0);
      }
    }
  }
  return system.map((line) => line[width] ?? 0);
}
