import { listAudit } from '../audit';
import { createKey, listKeys, revokeKey } from '../keys';
import {
  acceptLink,
  changePassword,
  changeUser,
  createPasswordLink,
  endSessions,
  inviteUser,
  listUsers,
  removeUser,
} from '../users';
import { example } from './example';

const OPERATOR = {
  user_id: 2,
  email: 'joan@example.com',
  name: 'Joan Clarke',
  role: 'operator' as const,
  status: 'active' as const,
  created_at: '2026-05-01T08:00:00.000Z',
  last_sign_in_at: '2026-05-04T07:30:00.000Z',
};

const LINK = {
  link: 'https://kith.example.com/setup?token=a1b2c3d4',
  expires_at: '2026-05-08T08:00:00.000Z',
};

const KEY = {
  key_id: 4,
  name: 'Gate',
  prefix: 'kith_9fQ2xT',
  scopes: ['match' as const, 'sync' as const],
  groups: null,
  created_at: '2026-05-01T08:00:00.000Z',
  expires_at: '2027-05-01T00:00:00Z',
  last_used_at: null,
  revoked_at: null,
};

export const ACCOUNT_EXAMPLES = [
  example(listUsers, { answer: { users: [OPERATOR] } }),
  example(inviteUser, {
    body: { email: 'joan@example.com', name: 'Joan Clarke', role: 'operator' },
    answer: { user: { ...OPERATOR, status: 'invited', last_sign_in_at: null }, ...LINK },
  }),
  example(changeUser, {
    params: { user_id: 2 },
    body: { role: 'viewer' },
    answer: { ...OPERATOR, role: 'viewer' },
  }),
  example(removeUser, { params: { user_id: 2 }, answer: {} }),
  example(createPasswordLink, { params: { user_id: 2 }, answer: LINK }),
  example(acceptLink, {
    body: { token: 'a1b2c3d4', password: 'correct horse battery' },
    answer: { email: 'joan@example.com', user_id: 2, kind: 'invite' },
  }),
  example(changePassword, {
    body: { current: 'correct horse battery', next: 'staple battery horse' },
    answer: {},
  }),
  example(endSessions, { answer: {} }),
  example(listKeys, { answer: { keys: [KEY] } }),
  example(createKey, {
    body: { name: 'Gate', scopes: ['match', 'sync'], expires_at: '2027-05-01T00:00:00Z' },
    answer: { ...KEY, key: 'kith_9fQ2xT…' },
  }),
  example(revokeKey, { params: { key_id: 4 }, answer: {} }),
  example(listAudit, {
    query: { action: 'person', from: '2026-05-01', limit: 1 },
    answer: {
      entries: [
        {
          id: 812,
          at: '2026-05-04T07:31:20.000Z',
          actor_kind: 'user',
          actor_id: '2',
          actor_name: 'joan@example.com',
          action: 'person.delete',
          subject_kind: 'person',
          subject_id: '5',
          details: { deleted_samples: 2 },
          people: [],
          address: '192.168.1.7',
        },
      ],
      next_cursor: 812,
    },
  }),
];
