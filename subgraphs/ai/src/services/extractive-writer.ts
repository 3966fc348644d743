import type { Isolate } from '@hoerok/shared/isolation';
import type { DraftMinutes } from '../domain/analysis/draft-minutes.ts';
import { draftMinutesSchema } from '../domain/analysis/draft-schema.ts';
import type { CopiedRequest } from '../domain/writing-request.ts';
import type { MinutesWriter } from './minutes-writer.ts';

/** The local analysis, in a process of its own: it selects sentences and counts, and is there always. */
export function createExtractiveWriter(
  analysis: Pick<Isolate<CopiedRequest, DraftMinutes>, 'run'>,
): MinutesWriter {
  const name = 'extractive';
  const origin = 'EXTRACTIVE_LOCAL';
  return {
    name,
    origin,
    capabilities: () => ({
      available: true,
      model: null,
      languages: ['ko', 'en'],
      note: 'Selects sentences of the transcript by counting and rules, on this machine; writes nothing.',
    }),
    analyze: async (request, { revision, signal, step, onStage }) => {
      const onProgress = (share: number): void => onStage('analyzing', share);
      // What was made from another revision quotes what may not be there any more.
      const draft = await step(`analysis of revision ${revision}`, draftMinutesSchema, () =>
        analysis.run(request, { signal, onProgress }),
      );
      return { draft, origin, provider: name, model: null, promptVersion: null, dropped: null };
    },
  };
}
