import { z } from 'zod';
import { integer, timestamp } from './fields';
import { operation } from './operation';
import { password } from './password';

export const role = z.enum(['admin', 'operator', 'viewer'], 'must be admin, operator or viewer').meta({ id: 'Role' });

const email = z.email('must be an email address').max(254, 'must be at most 254 characters').toLowerCase();
const personName = z.string().trim().max(100, 'must be at most 100 characters');

export const user = z
  .object({
    user_id: z.int().positive(),
    email: z.string(),
    name: z.string().nullable(),
    role,
    status: z.enum(['active', 'invited', 'disabled']),
    created_at: timestamp,
    last_sign_in_at: timestamp.nullable(),
  })
  .meta({ id: 'User' });

const link = {
  link: z.string().meta({
    description:
      'Works once. Whoever opens it chooses the password. It is only a path if the server does not know its own address: ' +
      'without `PUBLIC_URL`, and called by a name other than `localhost`.',
  }),
  expires_at: timestamp,
};

const params = z.object({ user_id: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) });

export const listUsers = operation({
  id: 'listUsers',
  method: 'get',
  path: '/api/users',
  tag: 'Users',
  summary: 'List the users of the console',
  description: 'Returns users with their role and status, invited ones too.',
  scope: 'admin',
  answer: z.object({ users: z.array(user) }).meta({ id: 'ListUsersAnswer' }),
  errors: [],
});

export const inviteUser = operation({
  id: 'inviteUser',
  method: 'post',
  path: '/api/users',
  tag: 'Users',
  summary: 'Invite someone by link',
  description: 'Returns a link. Whoever opens it chooses the password of the new account.',
  scope: 'admin',
  body: z.strictObject({ email, name: personName.optional(), role }).meta({ id: 'InviteUserRequest' }),
  answer: z.object({ user, ...link }).meta({ id: 'InvitedUser' }),
  status: 201,
  errors: ['CONFLICT'],
  audit: ({ answer, body }) => ({
    action: 'user.invite',
    subjectKind: 'user',
    subjectId: answer.user.user_id,
    details: { role: body.role },
  }),
});

export const changeUser = operation({
  id: 'changeUser',
  method: 'patch',
  path: '/api/users/{user_id}',
  tag: 'Users',
  summary: "Change a user's role or name, disable or enable them",
  description: 'The last administrator cannot be demoted or disabled.',
  scope: 'admin',
  params,
  body: z
    .strictObject({ role: role.optional(), name: personName.nullable().optional(), disabled: z.boolean().optional() })
    .meta({ id: 'ChangeUserRequest' }),
  answer: user,
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params, body }) => ({
    action: body.disabled === undefined ? 'user.change' : body.disabled ? 'user.disable' : 'user.enable',
    subjectKind: 'user',
    subjectId: params.user_id,
    details: { role: body.role ?? null },
  }),
});

export const removeUser = operation({
  id: 'removeUser',
  method: 'delete',
  path: '/api/users/{user_id}',
  tag: 'Users',
  summary: 'Remove a user',
  description: 'The last administrator cannot be removed.',
  scope: 'admin',
  params,
  answer: z.object({}).meta({ id: 'Empty' }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params }) => ({ action: 'user.remove', subjectKind: 'user', subjectId: params.user_id }),
});

export const createPasswordLink = operation({
  id: 'createPasswordLink',
  method: 'post',
  path: '/api/users/{user_id}/link',
  tag: 'Users',
  summary: 'Create a link for a new password',
  description: 'A disabled user gets no link (1300).',
  scope: 'admin',
  params,
  answer: z.object(link).meta({ id: 'PasswordLink' }),
  status: 201,
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params }) => ({ action: 'user.link', subjectKind: 'user', subjectId: params.user_id }),
});

export const acceptLink = operation({
  id: 'acceptLink',
  method: 'post',
  path: '/api/setup',
  tag: 'Users',
  summary: 'Choose a password with a set-up, invitation or reset link',
  description:
    'A set-up link works only while there is no administrator, and never for the email of an existing account.',
  scope: null,
  body: z
    .strictObject({
      token: z.string().min(1).max(100),
      email: email.optional().meta({ description: 'Required for the first administrator only.' }),
      name: personName.optional(),
      password,
    })
    .meta({ id: 'AcceptLinkRequest' }),
  answer: z
    .object({
      email: z.string(),
      user_id: z.int().positive(),
      kind: z.enum(['setup', 'invite', 'reset']).meta({ description: 'The kind of link.' }),
    })
    .meta({ id: 'AcceptedLink' }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ answer }) => ({
    action: answer.kind === 'setup' ? 'user.create' : 'user.set_password',
    subjectKind: 'user',
    subjectId: answer.user_id,
    details: { link: answer.kind },
  }),
});

/** A signed-in person's own account. Any role may; a key has no account and is refused. */
export const changePassword = operation({
  id: 'changePassword',
  method: 'post',
  path: '/api/account/password',
  tag: 'Users',
  summary: 'Change your own password',
  description: 'Ends your other sessions. Only a signed-in user can make this call.',
  scope: 'faces:read',
  body: z
    .strictObject({ current: z.string().min(1, 'is required').max(1_000), next: password })
    .meta({ id: 'ChangePasswordRequest' }),
  answer: z.object({}).meta({ id: 'Empty' }),
  errors: ['FORBIDDEN'],
  audit: ({ userId }) => ({ action: 'account.change_password', subjectKind: 'user', subjectId: userId }),
});

export const endSessions = operation({
  id: 'endSessions',
  method: 'post',
  path: '/api/account/sessions/end',
  tag: 'Users',
  summary: 'End your other sessions',
  description: 'Signs you out in every other browser. Only a signed-in user can make this call.',
  scope: 'faces:read',
  answer: z.object({}).meta({ id: 'Empty' }),
  errors: ['FORBIDDEN'],
  audit: ({ userId }) => ({ action: 'account.end_sessions', subjectKind: 'user', subjectId: userId }),
});
