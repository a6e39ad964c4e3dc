import {
  createPerson,
  deletePerson,
  listDuplicates,
  listPeople,
  markDistinct,
  mergePeople,
  readPerson,
  updatePerson,
} from '../people';
import { keepReviewItem, listReview } from '../review';
import { example } from './example';
import { ADA, ADA_IN_FULL } from './made';

const NEW_PERSON = { ...ADA_IN_FULL, samples: 0, best_face_id: null };
const OTHER = {
  ...ADA_IN_FULL,
  person_id: 9,
  user_id: null,
  name: 'A. Lovelace',
  groups: [],
  samples: 1,
  best_face_id: 31,
  created_at: '2026-05-03T09:12:00.000Z',
  updated_at: '2026-05-03T09:12:00.000Z',
};

export const PEOPLE_EXAMPLES = [
  example(listPeople, {
    query: { q: 'ada', limit: 1 },
    answer: { people: [ADA_IN_FULL], next_cursor: 'WzE3Nzc2MjI0MDA0MTIsNV0' },
  }),
  example(createPerson, {
    body: { user_id: 'emp-7', name: 'Ada Lovelace', consent_given_at: '2026-05-01T07:55:00Z', groups: ['Engines'] },
    answer: { ...NEW_PERSON, consent_until: null },
  }),
  example(readPerson, { params: { person_id: 5 }, answer: ADA_IN_FULL }),
  example(updatePerson, {
    params: { person_id: 5 },
    body: { name: 'Ada King', notes: 'Married in July.' },
    answer: { ...ADA_IN_FULL, name: 'Ada King', notes: 'Married in July.', updated_at: '2026-07-08T10:00:00.000Z' },
  }),
  example(deletePerson, { params: { person_id: 5 }, answer: { deleted_faces: 2 } }),
  example(mergePeople, { body: { from: 9, into: 5 }, answer: { ...ADA_IN_FULL, samples: 3 } }),
  example(listDuplicates, {
    query: { limit: 10 },
    answer: {
      pairs: [{ people: [ADA_IN_FULL, OTHER], face_ids: [17, 31], trust: 93.5, distance: 0.39 }],
      complete: true,
    },
  }),
  example(markDistinct, { body: { person_id: 5, other_person_id: 9 }, answer: {} }),
  example(listReview, {
    answer: {
      items: [
        {
          kind: 'outlier',
          subject: '31',
          person: ADA,
          other_person: null,
          face_ids: [31, 17],
          import_id: null,
          device_id: null,
          name: null,
          at: null,
          value: 2.4,
          outdated: false,
        },
      ],
      complete: true,
    },
  }),
  example(keepReviewItem, { body: { kind: 'outlier', subject: '31' }, answer: {} }),
];
