import { expect, test } from 'vitest';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { auditRecordOf } from './auditedCalls';

/** Calls that are no GET and change nothing anybody has to answer for. */
const NOT_KEPT = ['matchFaces', 'detectFaces', 'verifyFace', 'readPicture', 'recordEvents', 'contactDevice'];

test('every call that changes something is kept in the log', () => {
  const missing = OPERATIONS.filter(({ method, id }) => method !== 'get' && !NOT_KEPT.includes(id))
    .map(({ id }) => id)
    .filter((id) => auditRecordOf(id, { params: {}, body: {}, answer: {}, userId: null }) === null);
  expect(missing).toEqual([]);
});

test('neither pictures and encodings nor names get into it', () => {
  const record = auditRecordOf('enrolFace', {
    params: undefined,
    body: { image_url: 'https://example.com/ada.jpg', unique_args: { user_name: 'Ada Lovelace' } },
    answer: { face_id: 7, face_encoding: 'AAAA', person: { person_id: 3, name: 'Ada Lovelace' } },
    userId: null,
  });
  expect(record).toEqual({ action: 'sample.create', subjectKind: 'sample', subjectId: 7, details: { person_id: 3 } });
});

test('what is done to one account names it', () => {
  const call = { params: { user_id: '7' }, body: {}, answer: { user_id: 7, user: { user_id: 7 } }, userId: '7' };
  for (const { id } of OPERATIONS) {
    const record = auditRecordOf(id, call);
    if (record?.subjectKind === 'user') expect(String(record.subjectId), id).toBe('7');
  }
  expect(auditRecordOf('acceptLink', { ...call, answer: { user_id: 7, kind: 'setup' } })).toMatchObject({
    action: 'user.create',
    details: { link: 'setup' },
  });
});
