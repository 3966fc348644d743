import { createHash } from 'node:crypto';
import {
  type Cache,
  type CacheFamily,
  createGroupedReads,
  type GroupedFamily,
  tenantKey,
} from '@hoerok/shared/cache';
import type { Page } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import type { SectionVerdict } from '../entities/section-verdict.entity.ts';
import type { Section } from '../entities/section.entity.ts';
import type { Segment } from '../entities/segment.entity.ts';
import type { Speaker } from '../entities/speaker.entity.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import type { OwnedPage } from './owned-page.ts';
import { sectionRepository } from './section-repository.ts';
import { type SegmentFilter, type SegmentOwner, segmentRepository } from './segment-repository.ts';
import {
  CURRENT_TRANSCRIPTS,
  SECTION_PAGES,
  SEGMENT_PAGES,
  SEGMENTS,
  SPEAKER_LISTS,
  SPEAKERS,
  TRANSCRIPTS,
  VERDICTS,
  VERIFICATION,
} from './transcript-families.ts';
import { transcriptRepository, type VerificationCounts } from './transcript-repository.ts';
import { verdictRepository } from './verdict-repository.ts';

type Ids = readonly string[];

/** Reads of one workspace that go through the cache; not for a transaction that writes. Who may see them is not their affair. */
export interface CachedTranscripts {
  readonly transcripts: (ids: Ids) => Promise<Transcript[]>;
  readonly currentOf: (meetingIds: Ids) => Promise<Transcript[]>;
  readonly segments: (ids: Ids) => Promise<Segment[]>;
  readonly speakers: (ids: Ids) => Promise<Speaker[]>;
  readonly verdictsOn: (sectionIds: Ids) => Promise<SectionVerdict[]>;
  readonly speakersOf: (transcriptIds: Ids) => Promise<Speaker[]>;
  readonly verification: (transcriptIds: Ids) => Promise<VerificationCounts[]>;
  readonly sectionPages: (transcriptIds: Ids, page: Page) => Promise<OwnedPage<Section>[]>;
  /** A search for words is not cached: hardly anybody asks the same again. */
  readonly segmentPages: (
    owners: {
      readonly owner: SegmentOwner;
      readonly ids: Ids;
      readonly transcriptOf?: (id: string) => string;
    },
    wanted: { readonly filter: SegmentFilter; readonly page: Page },
  ) => Promise<OwnedPage<Segment>[]>;
}

/** Binds the reads to a workspace. */
export function cachedTranscripts(
  { cache, manager }: { readonly cache: Cache; readonly manager: EntityManager },
  workspaceId: string,
): CachedTranscripts {
  const transcripts = transcriptRepository(manager, workspaceId);
  const sections = sectionRepository(manager, workspaceId);
  const segments = segmentRepository(manager, workspaceId);
  const verdicts = verdictRepository(manager, workspaceId);
  const { byId, byTranscript } = createReaders(cache, workspaceId);
  return {
    transcripts: (ids) =>
      byId(TRANSCRIPTS, ids, async (wanted) => mapBy(await transcripts.find(wanted), idOf)),
    currentOf: async (meetingIds) => {
      const found = await byId(CURRENT_TRANSCRIPTS, meetingIds, async (wanted) => {
        const current = mapBy(await transcripts.findCurrent(wanted), ({ meetingId }) => meetingId);
        return new Map(wanted.map((id) => [id, current.get(id) ?? null]));
      });
      return found.filter((transcript) => transcript !== null);
    },
    segments: (ids) => byId(SEGMENTS, ids, async (wanted) => mapBy(await segments.find(wanted), idOf)),
    speakers: (ids) =>
      byId(SPEAKERS, ids, async (wanted) => mapBy(await transcripts.findSpeakers(wanted), idOf)),
    verdictsOn: async (sectionIds) => {
      const found = await byId(VERDICTS, sectionIds, async (wanted) => {
        const given = Map.groupBy(await verdicts.of(wanted), ({ sectionId }) => sectionId);
        return new Map(wanted.map((id) => [id, given.get(id) ?? []]));
      });
      return found.flat();
    },
    speakersOf: async (ids) => {
      const found = await byTranscript(SPEAKER_LISTS, { ids, part: 'all' }, async (wanted) => {
        const all = Map.groupBy(await transcripts.speakersOf(wanted), ({ transcriptId }) => transcriptId);
        return new Map(wanted.map((id) => [id, all.get(id) ?? []]));
      });
      return found.flat();
    },
    verification: async (ids) => {
      const found = await byTranscript(VERIFICATION, { ids, part: 'all' }, async (wanted) => {
        const counts = mapBy(await transcripts.countVerification(wanted), ({ transcriptId }) => transcriptId);
        return new Map(wanted.map((id) => [id, counts.get(id) ?? null]));
      });
      return found.filter((counts) => counts !== null);
    },
    sectionPages: (ids, page) =>
      byTranscript(SECTION_PAGES, { ids, part: partOf(page) }, async (wanted) =>
        mapBy(await sections.pagesOf(wanted, page), ({ ownerId }) => ownerId),
      ),
    segmentPages: async ({ owner, ...of }, wanted) => {
      const load = (ids: Ids): Promise<OwnedPage<Segment>[]> => segments.pagesOf(owner, ids, wanted);
      if (wanted.filter.text !== null) return await load(of.ids);
      return await byTranscript(SEGMENT_PAGES, { ...of, part: partOf(wanted) }, async (ids) =>
        mapBy(await load(ids), ({ ownerId }) => ownerId),
      );
    },
  };
}

interface Readers {
  readonly byId: <T>(
    family: CacheFamily<T>,
    ids: Ids,
    load: (ids: Ids) => Promise<ReadonlyMap<string, T>>,
  ) => Promise<T[]>;
  /** Of what belongs to transcripts; the ids are those of the transcripts unless `transcriptOf` says whose they are. */
  readonly byTranscript: <T>(
    family: GroupedFamily<T>,
    wanted: { readonly ids: Ids; readonly transcriptOf?: (id: string) => string; readonly part: string },
    load: (ids: Ids) => Promise<ReadonlyMap<string, T>>,
  ) => Promise<T[]>;
}

/** Reads by ids of one workspace: what the cache knows by key. */
function createReaders(cache: Cache, workspaceId: string): Readers {
  const grouped = createGroupedReads(cache);
  return {
    byId: async (family, ids, load) => {
      const idsByKey = new Map(ids.map((id) => [tenantKey(workspaceId, id), id]));
      const found = await cache.readThrough(family, [...idsByKey.keys()], async (missing) => {
        const loaded = await load(missing.flatMap((key) => idsByKey.get(key) ?? []));
        return new Map([...loaded].map(([id, value]) => [tenantKey(workspaceId, id), value]));
      });
      return [...found.values()];
    },
    byTranscript: async (family, { ids, transcriptOf = same, part }, load) => {
      const groups = new Map(ids.map((id) => [id, tenantKey(workspaceId, transcriptOf(id))]));
      return [...(await grouped.read(family, { groups, part }, load)).values()];
    },
  };
}

function mapBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function same(id: string): string {
  return id;
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

/** A short name of what is asked for. */
function partOf(wanted: object): string {
  return createHash('sha256').update(JSON.stringify(wanted)).digest('base64url').slice(0, 16);
}
