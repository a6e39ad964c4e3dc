import { expect, test } from 'vitest';
import { enrolFace } from './faces';
import { changeFace } from './gallery';
import type { AnswerOf } from './operation';
import { OPERATIONS } from './operations';
import { updatePerson } from './people';
import { acceptLink, changePassword, changeUser } from './users';

/** Calls that are no GET and change nothing anybody has to answer for. */
const NOT_KEPT = [
  'matchFaces',
  'detectFaces',
  'verifyFace',
  'readPicture',
  'recordEvents',
  'contactDevice',
  'runDueWork',
];

test('every call that changes something is kept in the log', () => {
  const missing = OPERATIONS.filter(({ method, acts }) => method !== 'get' || acts)
    .filter(({ id, audit }) => audit === undefined && !NOT_KEPT.includes(id))
    .map(({ id }) => id);
  expect(missing).toEqual([]);
});

const person = { person_id: 3, user_id: 'ada', name: 'Ada Lovelace' };
const enrolled: AnswerOf<typeof enrolFace> = {
  face_id: 7,
  face_encoding: 'AAAA',
  position: { top: 0, left: 0, bottom: 1, right: 1 },
  quality: { score: 1, size: 1, sharpness: 1, presence: 1, pose: { yaw: 0, pitch: 0, roll: 0 } },
  person,
  similar: [],
  duplicate: false,
  disagrees: false,
  more_samples: 0,
};
const enrolment = {
  params: undefined,
  body: {
    image_url: 'https://example.com/ada.jpg',
    unique_args: { user_name: 'Ada Lovelace' },
    select: 'single',
    if_known: 'keep',
  },
  userId: null,
} as const;

test('neither pictures and encodings nor names get into it', () => {
  expect(enrolFace.audit?.({ ...enrolment, answer: enrolled })).toEqual({
    action: 'sample.create',
    subjectKind: 'sample',
    subjectId: 7,
    details: { person_id: 3 },
  });
  expect(
    updatePerson.audit?.({
      params: { person_id: 3 },
      body: { name: 'Ada King', notes: 'countess' },
      answer: {} as AnswerOf<typeof updatePerson>,
      userId: null,
    })?.details,
  ).toEqual({ fields: 'name, notes' });
});

test('a picture that was there already is no line', () => {
  expect(enrolFace.audit?.({ ...enrolment, answer: { ...enrolled, duplicate: true } })).toBeNull();
});

test('what is done to a sample says whose it is now', () => {
  const of = (body: { person_id?: number | null; unique_args?: Record<string, string> }) =>
    changeFace.audit?.({ params: { face_id: 7 }, body, answer: { face_id: 7, person, unique_args: {} }, userId: null });
  expect(of({ person_id: 3 })).toMatchObject({ action: 'sample.move', subjectId: 7, details: { person_id: 3 } });
  expect(of({ unique_args: { a: 'b' } })).toMatchObject({ action: 'sample.change' });
});

test('what is done to an account names it', () => {
  const link = { token: 'x', password: 'correct horse' };
  const accepted = (kind: 'setup' | 'invite' | 'reset') =>
    acceptLink.audit?.({ params: undefined, body: link, answer: { email: 'a@b.c', user_id: 7, kind }, userId: null });
  expect(accepted('setup')).toMatchObject({ action: 'user.create', subjectId: 7, details: { link: 'setup' } });
  expect(accepted('reset')).toMatchObject({ action: 'user.set_password', subjectId: 7 });
  const changed = (disabled?: boolean) =>
    changeUser.audit?.({
      params: { user_id: 7 },
      body: { disabled },
      answer: {} as AnswerOf<typeof changeUser>,
      userId: '1',
    });
  expect([changed(true), changed(false), changed()].map((record) => record?.action)).toEqual([
    'user.disable',
    'user.enable',
    'user.change',
  ]);
  expect(
    changePassword.audit?.({
      params: undefined,
      body: { current: 'old', next: 'new password' },
      answer: {},
      userId: '7',
    }),
  ).toEqual({ action: 'account.change_password', subjectKind: 'user', subjectId: '7' });
});
