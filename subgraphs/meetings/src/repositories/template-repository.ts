import { markStale } from '@hoerok/shared/cache';
import { holdName } from '@hoerok/shared/database';
import type { EntityManager } from 'typeorm';
import type { Template } from '../domain/template.ts';
import { type MeetingTemplate, MeetingTemplateSchema } from '../entities/meeting-template.entity.ts';
import { TEMPLATES } from './meeting-family.ts';

/** Templates that one workspace saved. */
export interface TemplateRepository {
  readonly list: () => Promise<Template[]>;
  /** As list; until the transaction ends no other one adds to them. */
  readonly listAlone: () => Promise<Template[]>;
  /** Saves under its name; a template of that name is replaced. */
  readonly save: (template: Omit<Template, 'builtIn'>) => Promise<Template>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function templateRepository(tx: EntityManager, workspaceId: string): TemplateRepository {
  const toTemplate = ({
    id,
    name,
    agenda,
    defaultMinutes,
    verificationPolicy,
  }: MeetingTemplate): Template => {
    return { id, name, agenda, defaultMinutes, verificationPolicy, builtIn: false };
  };
  const list = async (): Promise<Template[]> =>
    (await tx.find(MeetingTemplateSchema, { where: { workspaceId }, order: { name: 'ASC' } })).map(
      toTemplate,
    );
  return {
    list,
    listAlone: async () => {
      await holdName(tx, `templates of ${workspaceId}`);
      return await list();
    },
    save: async ({ id, name, agenda, defaultMinutes, verificationPolicy }) => {
      markStale(tx, TEMPLATES, [workspaceId]);
      const values = { agenda: [...agenda], defaultMinutes, verificationPolicy };
      await tx
        .createQueryBuilder()
        .insert()
        .into(MeetingTemplateSchema)
        .values({ id, workspaceId, name, ...values })
        .orUpdate(['agenda', 'default_minutes', 'verification_policy'], ['workspace_id', 'name'])
        .execute();
      return toTemplate(await tx.findOneByOrFail(MeetingTemplateSchema, { workspaceId, name }));
    },
  };
}
