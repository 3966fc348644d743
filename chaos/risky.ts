import type { IsolatedWork } from '@hoerok/shared/isolation';

/** What a parser of files from outside may do at its worst. Runs isolated. */
const misbehave: IsolatedWork<'hang' | 'exit' | 'eat', string> = (how) => {
  if (how === 'exit') process.exit(1);
  const eaten: number[][] = [];
  for (;;) if (how === 'eat') eaten.push(Array.from({ length: 500_000 }, Math.random));
};

export default misbehave;
