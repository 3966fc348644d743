import { z } from 'zod';
import type { Session } from '../stack/session.ts';
import { act, ask, nodesOf } from './steps.ts';

const TRANSCRIPT = `query ($id: ID!) { meeting(id: $id) { transcript { state speakers { id label }
  sections(first: 9) { edges { node { id revision segments(first: 99) { edges { node { id text } } } } } } } } }`;
const section = z.object({
  id: z.string(),
  revision: z.number(),
  segments: nodesOf(z.object({ id: z.string(), text: z.string() })),
});

/** A section as the scenario uses it. */
export type Section = z.output<typeof section>;
const transcript = z.object({
  state: z.string(),
  speakers: z.array(z.object({ id: z.string(), label: z.string() })),
  sections: nodesOf(section),
});
type Transcript = z.output<typeof transcript>;
const EDIT = `mutation ($input: EditSectionInput!) { editSection(input: $input) { autoMerged userErrors { code }
  conflict { current { revision } conflicts { baseText theirText yourText theirEditor { id } } } } }`;
const edited = z.object({
  autoMerged: z.boolean(),
  userErrors: z.array(z.object({ code: z.string() })),
  conflict: z
    .object({ current: z.object({ revision: z.number() }), conflicts: z.array(z.unknown()) })
    .nullable(),
});
/** Gives a verdict. */
export const VERIFY = `mutation ($id: ID!, $revision: Int!, $verdict: Verdict!) {
  verifySection(sectionId: $id, revision: $revision, verdict: $verdict) { userErrors { code } } }`;

/** The transcript of a meeting. */
export async function transcriptOf(who: Session, meetingId: string): Promise<Transcript> {
  return (await ask(who, z.object({ transcript }), TRANSCRIPT, { id: meetingId })).transcript;
}

/** Where words were said. */
export function segmentWith(
  sections: readonly Section[],
  said: string,
): { readonly section: Section; readonly segment: { readonly id: string } } {
  for (const section of sections)
    for (const segment of section.segments) if (segment.text.includes(said)) return { section, segment };
  throw new Error(`Nobody said ${said}.`);
}

/** Gives the segment with these words another text, on the basis of a revision of its section. */
export async function edit(
  who: Session,
  sections: readonly Section[],
  { said, text, baseRevision }: { said: string; text: string; baseRevision: number },
): Promise<z.output<typeof edited>> {
  const { section, segment } = segmentWith(sections, said);
  const edits = [{ segmentId: segment.id, text }];
  return await ask(who, edited, EDIT, { input: { sectionId: section.id, baseRevision, edits } });
}

/** Says what somebody thinks of a section. */
export async function verify(who: Session, section: Section, verdict = 'APPROVED'): Promise<void> {
  await act(who, VERIFY, { id: section.id, revision: section.revision, verdict });
}
