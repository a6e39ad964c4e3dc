import { changeGroup, changeMembers, createGroup, deleteGroup, listGroups } from '../groups';
import { example } from './example';

const ENGINES = {
  group_id: 3,
  name: 'Engines',
  colour: '#2563eb',
  note: 'Second floor.',
  people: 12,
  created_at: '2026-05-01T08:00:00.412Z',
  updated_at: '2026-05-01T08:00:00.412Z',
};

export const GROUP_EXAMPLES = [
  example(listGroups, { query: { q: 'eng' }, answer: { groups: [ENGINES] } }),
  example(createGroup, {
    body: { name: 'Engines', colour: '#2563eb', note: 'Second floor.' },
    answer: { ...ENGINES, people: 0 },
  }),
  example(changeGroup, {
    params: { group_id: 3 },
    body: { name: 'Engine room' },
    answer: { ...ENGINES, name: 'Engine room', updated_at: '2026-07-08T10:00:00.000Z' },
  }),
  example(deleteGroup, { params: { group_id: 3 }, answer: {} }),
  example(changeMembers, {
    params: { group_id: 3 },
    body: { member: true, person_ids: [5, 6] },
    answer: { ...ENGINES, people: 14, changed: 2 },
  }),
];
