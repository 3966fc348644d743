import { describe, expect, it } from 'vitest';
import { compileSubject } from './subject-template.ts';

const values = { workspaceId: 'w1', viewerId: 'u1', args: { id: 't1' } };

describe('a subject template', () => {
  it('is filled from the token and the arguments', () => {
    const subject = compileSubject('evt.*.{workspace}.task.{args.id}.{viewer}.>');
    expect(subject.render(values)).toBe('evt.*.w1.task.t1.u1.>');
    expect(subject.arguments).toEqual(['id']);
    expect(subject.oneObject).toBe(true);
  });

  it('without arguments is about many objects', () => {
    expect(compileSubject('evt.*.{workspace}.task.*.changed').oneObject).toBe(false);
  });

  it.each(['*', '>', 'a.b', 'a b', '', 'x'.repeat(101)])('refuses the argument "%s"', (id) => {
    const subject = compileSubject('evt.ai.{workspace}.task.{args.id}.changed');
    expect(() => subject.render({ ...values, args: { id } })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  });

  it('refuses an argument that is absent', () => {
    const subject = compileSubject('evt.ai.{workspace}.task.{args.id}.changed');
    expect(() => subject.render({ ...values, args: {} })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  });

  it('that needs the workspace asks an anonymous viewer to sign in', () => {
    const subject = compileSubject('evt.*.{workspace}.task.*.changed');
    const anonymous = { ...values, workspaceId: null };
    expect(() => subject.render(anonymous)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  it.each(['live.x', 'evt.{tenant}.x', 'evt..x', 'evt.>.x', 'evt.a{args.id}'])(
    '"%s" does not compile',
    (text) => {
      expect(() => compileSubject(text)).toThrow(/begin with|neither/);
    },
  );
});
