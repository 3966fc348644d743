import { AppError } from '@hoerok/shared/errors';
import { testViewer } from '@hoerok/shared/testing';
import { expect, it } from 'vitest';
import { recordingRepository } from '../src/repositories/recording-repository.ts';
import { openSession } from '../src/services/upload-session.ts';
import type { RecordingStorage } from '../src/storage/recording-storage.ts';
import { startRecordings, wavOf } from './recordings-service.ts';

it('an upload that is deleted while its file is opened leaves neither the file nor an open handle', async () => {
  await using test = await startRecordings();
  const { database } = test.service;
  const organizer = testViewer();
  const { id: meetingId } = await test.service.hold(organizer);
  const { uploadId } = await test.ticketFor(organizer, meetingId, wavOf(1));
  const row = await recordingRepository(database.manager, organizer.workspaceId).findAny(uploadId);
  if (row === null) throw new AppError('NOT_FOUND', 'There is no row.');
  const done: string[] = [];
  const kept = { offset: 0, state: 'opened' };
  const unused = async (): Promise<never> => Promise.reject(new Error('not to be called'));
  const storage: RecordingStorage = {
    name: 'disk',
    empty: '',
    open: async () => {
      await database.query('DELETE FROM recording WHERE id = $1', [uploadId]);
      return {
        write: unused,
        finish: unused,
        kept: () => kept,
        close: async () => {
          done.push('closed');
          return kept;
        },
      };
    },
    complete: unused,
    read: unused,
    remove: async (id, state) => void done.push(`removed ${id === uploadId} ${state}`),
  };
  await expect(openSession({ dataSource: database, storage }, row, 0)).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect(done).toEqual(['removed true opened', 'closed']);
});
