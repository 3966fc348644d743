import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unzipped } from '../../subgraphs/ai/test/unzipped.ts';
import { session } from '../stack/session.ts';
import { codesOf, openSocket, operation, type Watch } from '../subscriptions/watch.ts';
import * as ASK from './documents.ts';
import { failThenWrite } from './language-model.ts';
import { LANGUAGES } from './languages.ts';
import { type Stage, startStage } from './stage.ts';
import { act, ask, gather, nodesOf, notified, type Person, refusal, told } from './steps.ts';
import { edit, type Section, segmentWith, transcriptOf, VERIFY, verify } from './transcript.ts';

const REVOKED_WITHIN_MS = 2_000;

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 180_000);
afterAll(async () => await stage[Symbol.asyncDispose]());

describe.each(LANGUAGES)('the life of a meeting ($language)', (pack) => {
  const { language, title, words, contested, merged } = pack;
  const since = new Date().toISOString();
  let admin: Person;
  let organizer: Person;
  let colleague: Person;
  let outsider: Person;
  let id: string;
  let transcriptId: string;
  let sections: Section[];
  let minutes: ASK.Minutes;
  /** What the colleague has open about the meeting. */
  let watching: Record<'events' | 'sections' | 'minutes' | 'todos', Watch>;

  beforeAll(async () => {
    const profile = { locale: language, gatewayUrl: stage.gatewayUrl };
    [admin, organizer, colleague, outsider] = await gather(profile, ...pack.names, 'Outsider');
  });
  afterAll(async () => {
    for (const { socket } of [admin, organizer, colleague, outsider]) await socket[Symbol.asyncDispose]();
  });

  it('is scheduled from a template, and its participants are told in the app and by mail', async () => {
    const input = {
      title,
      language,
      templateId: 'template-decision',
      scheduledStart: '2026-03-04T01:00:00Z',
      timeZone: 'Asia/Seoul',
      participants: [{ userId: colleague.userId }],
    };
    const created = await act(organizer, operation('create-meeting'), { input });
    id = z.object({ id: z.string() }).parse(created['meeting']).id;
    const { socket } = colleague;
    watching = {
      events: socket.watch(operation('meeting-events'), { meetingId: id }),
      sections: socket.watch(operation('section-updates'), { meetingId: id }),
      minutes: socket.watch(ASK.MINUTES_UPDATES, { meetingId: id }),
      todos: socket.watch(operation('todo-updates'), { meetingId: id }),
    };
    await told(watching.events, { meetingEvents: { kind: 'CREATED' } });
    const notice = await notified(colleague, 'MEETING_CREATED', id);
    expect(notice.title).toBe(words.invited);
    expect(await stage.mailOf(colleague, notice.id)).toContain(words.invited);
  });

  it('is held by people who agree to being recorded', async () => {
    await act(colleague, ASK.RESPOND, { id });
    await act(organizer, operation('start-meeting'), { id });
    for (const who of [organizer, colleague]) {
      await act(who, ASK.CONSENT, { id });
      await act(who, ASK.JOIN, { id });
    }
    await told(watching.events, { meetingEvents: { kind: 'PARTICIPANT_JOINED' } });
    await act(organizer, operation('end-meeting'), { id });
    await told(watching.events, { meetingEvents: { kind: 'ENDED' } });
    await notified(colleague, 'MEETING_ENDED', id);
    const held = await ask(colleague, z.looseObject({}), ASK.ATTENDANCE, { id });
    const there = { node: { attendance: 'PRESENT', recordingConsent: 'GIVEN' } };
    expect(held).toMatchObject({ status: 'ENDED', participants: { edges: [there, there] } });
  });

  it('gets its transcript from an uploaded file, whose progress is told', async () => {
    stage.chat.answer = () => ({ status: 401 });
    const body = Buffer.from(pack.captions);
    const upload = { meetingId: id, filename: 'sync.vtt', mimeType: 'text/vtt', bytes: body.length };
    const { ticket } = await ask(organizer, ASK.ticketShape, operation('create-upload'), upload);
    const headers = Object.fromEntries(ticket.headers.map(({ name, value }) => [name, value]));
    expect(await fetch(ticket.url, { method: ticket.method, headers, body })).toMatchObject({ ok: true });
    const input = { meetingId: id, uploadId: ticket.uploadId };
    const { task } = await ask(organizer, ASK.taskShape, operation('import-transcript'), { input });
    const events = await colleague.overWebSocket(ASK.FOLLOW, { id: task.id });
    const ended = z.object({ transcript: z.object({ id: z.string() }) });
    transcriptId = ended.parse(events.at(-1)?.data?.['taskUpdated']).transcript.id;
    expect(events.at(-1)).toMatchObject({ data: { taskUpdated: { status: 'COMPLETED', progress: 1 } } });
    await notified(colleague, 'TRANSCRIPT_READY', transcriptId);
    await notified(colleague, 'VERIFICATION_REQUESTED', transcriptId);
  });

  it('has labeled minutes of the local analysis when the language model refuses', async () => {
    const { data } = await told(watching.minutes, { minutesUpdates: { change: 'CREATED' } });
    expect(data).toMatchObject({
      minutesUpdates: {
        minutes: {
          extractive: true,
          fallbackReason: {
            code: 'PROVIDER_REFUSED',
            message: expect.stringContaining(words.fallback),
          },
        },
      },
    });
  });

  it('is put into words by two at once: nothing is lost, a conflict is answered with both texts', async () => {
    const before = await transcriptOf(organizer, id);
    for (const [n, who] of [organizer, colleague].entries()) {
      const speaker = before.speakers.find(({ label }) => label === pack.voices[n]);
      await act(organizer, ASK.ASSIGN, { id: speaker?.id, userId: who.userId });
    }
    const [whole] = before.sections as [Section];
    const at = whole.segments[2]?.id;
    await act(organizer, ASK.SPLIT, { id: whole.id, revision: whole.revision, at });
    sections = (await transcriptOf(organizer, id)).sections;
    expect(sections).toHaveLength(before.sections.length + 1);
    const { said, mine, yours, agreed } = contested;
    const baseRevision = segmentWith(sections, said).section.revision;
    await edit(organizer, sections, { said, text: mine, baseRevision });
    await told(watching.sections, {
      sectionUpdates: { change: 'EDITED', actor: { id: organizer.userId } },
    });
    const refused = await edit(colleague, sections, { said, text: yours, baseRevision });
    expect(refused).toMatchObject({
      userErrors: [{ code: 'CONFLICT' }],
      conflict: { conflicts: [{ theirText: mine, yourText: yours, theirEditor: { id: organizer.userId } }] },
    });
    const current = refused.conflict?.current.revision ?? 0;
    const resolved = await edit(colleague, sections, { said, text: agreed, baseRevision: current });
    expect(resolved).toMatchObject({ autoMerged: false, userErrors: [] });
    const fitting = await edit(organizer, sections, { ...merged, baseRevision });
    expect(fitting).toMatchObject({ autoMerged: true, userErrors: [] });
    sections = (await transcriptOf(organizer, id)).sections;
    const texts = sections.flatMap(({ segments }) => segments.map(({ text }) => text));
    expect(texts).toEqual(expect.arrayContaining([agreed, merged.text]));
  });

  it('cannot be locked while somebody disputes it, and is verified once that is settled', async () => {
    failThenWrite(stage.chat, 2, pack);
    const [disputed, ...others] = sections as [Section, ...Section[]];
    for (const section of sections) await verify(organizer, section);
    for (const section of others) await verify(colleague, section);
    await verify(colleague, disputed, 'DISPUTED');
    await notified(organizer, 'SECTION_DISPUTED', transcriptId);
    expect(await refusal(organizer, ASK.LOCK, { id: transcriptId })).toEqual(['WRONG_STATE']);
    await verify(colleague, disputed);
    await notified(organizer, 'TRANSCRIPT_VERIFIED', transcriptId);
    expect((await transcriptOf(organizer, id)).state).toBe('VERIFIED');
    await act(organizer, ASK.LOCK, { id: transcriptId });
    await told(watching.sections, { sectionUpdates: { change: 'LOCKED' } });
    const late = { said: contested.agreed, text: contested.mine, baseRevision: 1 };
    expect(await edit(colleague, sections, late)).toMatchObject({ userErrors: [{ code: 'WRONG_STATE' }] });
  });

  it('gets minutes from the language model, though it was away twice, quoting what was said', async () => {
    const { data } = await told(watching.minutes, {
      minutesUpdates: { change: 'CREATED', minutes: { extractive: false } },
    });
    minutes = ASK.minutesUpdateShape.parse(data).minutesUpdates.minutes;
    const task = { kind: 'MINUTES', status: 'COMPLETED', attempt: 3, meeting: { id } };
    await told(organizer.tasks, { myTaskUpdated: task });
    expect(stage.chat.calls).toHaveLength(4);
    expect(minutes).toMatchObject({ fallbackReason: null, outdated: false, overview: pack.overview });
    const items = [...minutes.decisions, ...minutes.actionItems, ...minutes.schedule];
    expect(items).toHaveLength(5);
    for (const { evidence } of items) {
      expect(evidence).not.toEqual([]);
      for (const { quote, stale, startChar, endChar, segment } of evidence)
        expect([segment.text.slice(startChar, endChar), stale]).toEqual([quote, false]);
    }
    await notified(colleague, 'MINUTES_READY', minutes.id);
  });

  it('is reviewed before the eyes of the colleague, and todos come of what is accepted', async () => {
    const [theirs, edited, rejected] = minutes.actionItems as [ASK.Item, ASK.Item, ASK.Item];
    const [appointment] = minutes.schedule as [ASK.Item];
    const accepted = [theirs, appointment].map((item) => ({ itemId: item.id, review: 'ACCEPTED' }));
    await act(organizer, ASK.REVIEW, { input: accepted });
    const text = pack.edited;
    const change = { itemId: edited.id, review: 'EDITED', text, assigneeId: organizer.userId };
    await act(organizer, ASK.REVIEW, { input: [change] });
    await act(organizer, ASK.REVIEW, { input: [{ itemId: rejected.id, review: 'REJECTED' }] });
    for (const item of [theirs, edited, rejected])
      await told(watching.minutes, { minutesUpdates: { change: 'REVIEWED', itemIds: [item.id] } });
    const assignee = { id: colleague.userId };
    const { data } = await told(watching.todos, {
      todoUpdates: { kind: 'CREATED', todo: { title: theirs.text, assignee } },
    });
    const { todoId } = z.object({ todoUpdates: z.object({ todoId: z.string() }) }).parse(data).todoUpdates;
    await notified(colleague, 'TODO_ASSIGNED', todoId);
    await told(watching.todos, { todoUpdates: { kind: 'CREATED', todo: { title: text } } });
    const { url } = await ask(colleague, z.object({ url: z.string() }), ASK.CALENDAR);
    expect(unfolded(await (await fetch(url)).text())).toContain(theirs.text);
  });

  it('is read by an outsider and by a guest with a link, until that is taken back', async () => {
    const shared = await ask(organizer, ASK.shareShape, ASK.SHARE, { id, userId: outsider.userId });
    await notified(outsider, 'MEETING_SHARED', id);
    const email = `guest-${language}@partner.example`;
    const link = await ask(organizer, ASK.shareShape, ASK.SHARE, { id, email });
    const mail = await stage.mailWith(link.url ?? '');
    expect(mail).toContain(words.shared);
    const token = /#share=(\S+)/.exec(mail)?.[1];
    const opened = await ask(outsider, ASK.openedShape, ASK.OPEN, { token });
    const guest = session(opened.user, opened.accessToken, organizer.gatewayUrl);
    for (const [who, share] of [
      [outsider, shared],
      [guest, link],
    ] as const) {
      await until('all services know the share', async () => {
        const page = await ask(who, ASK.pageShape, ASK.PAGE, { id });
        return page?.minutes != null && page.transcript != null && page.todos.totalCount === 2;
      });
      const [section] = sections as [Section];
      const vote = { id: section.id, revision: section.revision, verdict: 'APPROVED' };
      expect(await refusal(who, VERIFY, vote)).toEqual(['FORBIDDEN']);
      expect(await refusal(who, ASK.WRITE_TODO, { id })).toEqual(['FORBIDDEN']);
      await using socket = openSocket(who);
      const watch = socket.watch(operation('meeting-events'), { meetingId: id });
      await watch.seen('the meeting', ({ data }) => data != null);
      const revokedAt = Date.now();
      await act(organizer, ASK.REVOKE, { id: share.share.id });
      const last = await watch.seen('the refusal', (event) => codesOf(event).length > 0);
      expect(codesOf(last)).toEqual(['FORBIDDEN']);
      expect((watch.endedAt() ?? Date.now()) - revokedAt).toBeLessThan(REVOKED_WITHIN_MS);
      expect(await ask(who, ASK.pageShape, ASK.PAGE, { id })).toBeNull();
    }
  });

  it('is found by what was said and by what was noted, by those alone who may read it', async () => {
    const hits = nodesOf(z.object({ segment: z.object({ text: z.string() }) }));
    const noted = nodesOf(z.object({ item: z.object({ text: z.string() }) }));
    for (const [who, found] of [
      [colleague, 1],
      [outsider, 0],
    ] as const) {
      const [typed, part] = pack.searches.said;
      const said = await ask(who, hits, ASK.SEARCH_SAID, { text: typed });
      expect(said.filter(({ segment }) => segment.text.includes(part))).toHaveLength(found);
      const [asked, item] = pack.searches.noted;
      const items = await ask(who, noted, ASK.SEARCH_NOTED, { text: asked });
      expect(items.filter(({ item: { text } }) => text.includes(item))).toHaveLength(found);
    }
  });

  it('can be taken along as files', async () => {
    const links = await ask(colleague, ASK.linksShape, ASK.EXPORTS, { id });
    const get = async ({ url }: { url: string }): Promise<Buffer> =>
      Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(String(await get(links.transcript.vtt))).toContain(contested.agreed);
    const word = unzipped(await get(links.minutes.docx), 'word/document.xml');
    expect(word).toContain(`${pack.names[contested.by]}: “${contested.agreed}”`);
    for (const document of [String(await get(links.minutes.markdown)), word]) {
      expect(document).toContain(pack.edited);
      expect(document).not.toContain(pack.actions[2]?.text);
    }
    expect(unfolded(String(await get(links.minutes.ics)))).toMatch(/BEGIN:VEVENT[\s\S]*DTSTART/);
  });

  it('is completed with its last todo, and counts in the statistics of the ADMIN', async () => {
    for (const who of [colleague, organizer]) {
      const own = await ask(who, ASK.ownTodosShape, ASK.OWN_TODOS, { id, userId: who.userId });
      for (const todo of own.todos) await act(who, ASK.COMPLETE, { id: todo.id });
      if (who === colleague) await notified(organizer, 'TODO_COMPLETED', own.todos[0]?.id ?? '');
    }
    const page = await ask(organizer, z.looseObject({}), operation('meeting-page'), { id });
    expect(page).toMatchObject({
      minutes: { extractive: false, outdated: false },
      progress: { percent: 100, state: 'COMPLETED' },
    });
    const span = { from: since, to: new Date(Date.now() + 60_000).toISOString() };
    expect(await ask(admin, z.looseObject({}), ASK.STATISTICS, span)).toMatchObject({
      meetings: { held: 1, participants: 2 },
      transcripts: { transcripts: 1, verifiedShare: 1 },
      minutes: { minutes: 2, accepted: 3, rejected: 1 },
      todos: { created: 2, done: 2, open: 0 },
    });
    const refused = await organizer.execute(ASK.STATISTICS, span);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }]);
  });
});

/** An iCalendar file without its folded lines and escapes. */
function unfolded(file: string): string {
  return file.replaceAll('\r\n ', '').replaceAll(/\\([,;\\])/g, '$1');
}
