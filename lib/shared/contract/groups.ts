import { z } from 'zod';
import { changedFields } from './auditRecord';
import { groupIdInput, groupNameInput, personIdInput, timestamp } from './fields';
import { operation } from './operation';

/** Most people that one call names by their ids. */
export const MAX_NAMED_PEOPLE = 1_000;

const colour = z
  .string('must be text')
  .regex(/^#[0-9a-f]{6}$/i, 'must be #rrggbb')
  .transform((text) => text.toLowerCase())
  .meta({ description: '`#rrggbb`.' });

const note = z.string('must be text').max(1_000, 'must be at most 1000 characters');

export const group = z
  .object({
    group_id: z.int().positive(),
    name: z.string(),
    colour: z.string().nullable().meta({ description: '`#rrggbb`.' }),
    note: z.string().nullable(),
    people: z.int().nonnegative().meta({ description: 'How many people are in the group.' }),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Group' });

/** Groups that a key or a device is limited to, in a request. */
export const groupLimitInput = z
  .array(groupIdInput)
  .min(1, 'must name at least one group; null is no limit')
  .max(100, 'must name at most 100 groups')
  .nullable()
  .meta({
    description:
      'Ids of the groups it is limited to: it syncs, matches, reads and enrols only there. `null`: not limited. People in no group are seen without a limit only.',
  });

/** The same in an answer. */
export const groupLimit = z
  .array(z.object({ group_id: z.int().positive(), name: z.string() }))
  .nullable()
  .meta({
    description:
      'The groups it is limited to. `null`: not limited. Empty: the groups were deleted, and it sees nobody.',
  });

const params = z.object({ group_id: groupIdInput });

export const listGroups = operation({
  id: 'listGroups',
  method: 'get',
  path: '/api/groups',
  tag: 'Groups',
  summary: 'List groups',
  description: 'All groups by name, with the number of people. Credentials that are limited to groups see these.',
  scope: 'faces:read',
  inGroups: true,
  query: z.strictObject({ q: z.string().max(100).optional().meta({ description: 'A part of the name.' }) }),
  answer: z.object({ groups: z.array(group) }).meta({ id: 'ListGroupsAnswer' }),
  errors: [],
});

export const createGroup = operation({
  id: 'createGroup',
  method: 'post',
  path: '/api/groups',
  tag: 'Groups',
  summary: 'Create a group',
  description: 'The group has no people yet. A name that another group has is refused with 1300.',
  scope: 'faces:write',
  body: z
    .strictObject({ name: groupNameInput, colour: colour.nullable().optional(), note: note.nullable().optional() })
    .meta({ id: 'CreateGroupRequest' }),
  answer: group,
  status: 201,
  errors: ['CONFLICT'],
  audit: ({ answer }) => ({ action: 'group.create', subjectKind: 'group', subjectId: answer.group_id }),
});

export const changeGroup = operation({
  id: 'changeGroup',
  method: 'patch',
  path: '/api/groups/{group_id}',
  tag: 'Groups',
  summary: 'Change a group',
  description: 'Absent fields stay unchanged. `null` clears colour or note.',
  scope: 'faces:write',
  params,
  body: z
    .strictObject({
      name: groupNameInput.optional(),
      colour: colour.nullable().optional(),
      note: note.nullable().optional(),
    })
    .refine((body) => Object.values(body).some((value) => value !== undefined), 'must change at least one field')
    .meta({ id: 'ChangeGroupRequest' }),
  answer: group,
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params, body }) => ({
    action: 'group.change',
    subjectKind: 'group',
    subjectId: params.group_id,
    details: { fields: changedFields(body) },
  }),
});

export const deleteGroup = operation({
  id: 'deleteGroup',
  method: 'delete',
  path: '/api/groups/{group_id}',
  tag: 'Groups',
  summary: 'Delete a group',
  description: 'Its people stay. Keys and devices that were limited to this group alone see nobody afterwards.',
  scope: 'faces:write',
  params,
  answer: z.object({}).meta({ id: 'DeleteGroupAnswer' }),
  errors: ['NOT_FOUND'],
  audit: ({ params }) => ({ action: 'group.delete', subjectKind: 'group', subjectId: params.group_id }),
});

export const changeMembers = operation({
  id: 'changeMembers',
  method: 'put',
  path: '/api/groups/{group_id}/people',
  tag: 'Groups',
  summary: 'Add people to a group, or remove them',
  description:
    'Takes ids of people, or with `matching` everybody whom `GET /api/people` lists with the same filter. Repeating the call changes nothing.',
  scope: 'faces:write',
  params,
  maxBodyBytes: 64 * 1024,
  body: z
    .strictObject({
      member: z
        .boolean('must be true or false')
        .meta({ description: '`true`: they are in the group afterwards. `false`: they are not.' }),
      person_ids: z
        .array(personIdInput)
        .min(1, 'must name at least one person')
        .max(MAX_NAMED_PEOPLE, `must name at most ${MAX_NAMED_PEOPLE} people`)
        .optional(),
      matching: z
        .strictObject({ q: z.string().max(200).optional(), group_id: groupIdInput.optional() })
        .optional()
        .meta({ description: 'As in `GET /api/people`; `{}` is everybody.' }),
    })
    .superRefine(({ person_ids, matching }, context) => {
      if (person_ids !== undefined && matching !== undefined) {
        context.addIssue({ code: 'custom', path: ['matching'], message: 'must not be given together with person_ids' });
      } else if (person_ids === undefined && matching === undefined) {
        context.addIssue({ code: 'custom', path: ['person_ids'], message: 'or matching is required' });
      }
    })
    .meta({ id: 'ChangeMembersRequest' }),
  answer: group
    .extend({ changed: z.int().nonnegative().meta({ description: 'How many people joined, or left.' }) })
    .meta({ id: 'ChangedMembers' }),
  errors: ['NOT_FOUND'],
  audit: ({ params, body, answer }) =>
    answer.changed === 0
      ? null
      : {
          action: body.member ? 'group.add' : 'group.remove',
          subjectKind: 'group',
          subjectId: params.group_id,
          details: { people: answer.changed },
        },
});
