import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type AnsweredMutation, auditActionsOf } from './audit-actions.ts';

function answered(
  text: string,
  answer: Partial<Pick<AnsweredMutation, 'data' | 'errors' | 'variables'>>,
): AnsweredMutation {
  const { definitions } = parse(text);
  const operation = definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new Error('The text has no operation.');
  const named = definitions.filter(
    (one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION,
  );
  const fragments = new Map(named.map((one) => [one.name.value, one]));
  return { operation, fragments, variables: {}, data: null, errors: [], ...answer };
}

describe('C27: the audit trail', () => {
  it('has a record of what was deleted and shared, with ids and nothing that people wrote', () => {
    const text = `mutation ($who: [Who!]!) { gone: deleteMeeting(id: "m-1") { userErrors { code } } ...more }
      fragment more on Mutation { addParticipants(meetingId: "m-2", participants: $who) { userErrors { code } } }`;
    const variables = { who: [{ userId: 'u-1', email: 'a@b.example' }] };
    const data = { gone: { userErrors: [] }, addParticipants: { userErrors: [] } };
    expect(auditActionsOf(answered(text, { variables, data }))).toEqual([
      { action: 'deleteMeeting', objectIds: ['m-1'], outcome: 'DONE', code: null },
      { action: 'addParticipants', objectIds: ['m-2', 'u-1'], outcome: 'DONE', code: null },
    ]);
  });

  it('has a record of every refusal for want of a right, whatever was asked for', () => {
    const text = `mutation { updateMeeting(id: "m-1", title: "x") { userErrors { code } } other: deleteMeeting(id: "m-2") { userErrors { code } } }`;
    const data = { updateMeeting: { userErrors: [{ code: 'NOT_FOUND' }] }, other: null };
    const errors = [{ path: ['other'], extensions: { code: 'FORBIDDEN' } }];
    expect(auditActionsOf(answered(text, { data, errors }))).toMatchObject([
      { action: 'updateMeeting', outcome: 'DENIED', code: 'NOT_FOUND', objectIds: ['m-1'] },
      { action: 'deleteMeeting', outcome: 'DENIED', code: 'FORBIDDEN', objectIds: ['m-2'] },
    ]);
  });

  it('has none of what was no refusal, was not done, or changes nobody’s access', () => {
    const update = `mutation { updateMeeting(id: "m-1") { userErrors { code } } }`;
    expect(auditActionsOf(answered(update, { data: { updateMeeting: { userErrors: [] } } }))).toEqual([]);
    const remove = `mutation { deleteMeeting(id: "m-1") { userErrors { code } } }`;
    const data = { deleteMeeting: { userErrors: [{ code: 'CONFLICT' }] } };
    expect(auditActionsOf(answered(remove, { data }))).toEqual([]);
  });
});
