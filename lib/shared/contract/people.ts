import { z } from 'zod';
import { foldName } from '../text/foldName';
import { changedFields } from './auditRecord';
import {
  distance,
  faceId,
  groupIdInput,
  groupNames,
  integer,
  personId,
  personIdInput,
  timestamp,
  trust,
} from './fields';
import { operation } from './operation';

const userId = z.string().trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters');
const name = z.string().overwrite(foldName).min(1, 'must not be empty').max(200, 'must be at most 200 characters');
const notes = z.string().max(4_000, 'must be at most 4000 characters');
const instant = z.iso.datetime({ offset: true, error: 'must be a date and time (RFC 3339)' });

export const person = z
  .object({
    person_id: personId,
    user_id: z.string().nullable(),
    name: z.string().nullable(),
    notes: z.string().nullable(),
    consent_given_at: timestamp.nullable(),
    consent_until: timestamp.nullable(),
    samples: z.int().nonnegative().meta({ description: 'How many samples the person has.' }),
    best_face_id: faceId.nullable().meta({ description: 'The sample with the best quality.' }),
    groups: z.array(z.string()).meta({ description: "Names of the person's groups." }),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Person' });

const writable = {
  user_id: userId.nullable().optional(),
  name: name.nullable().optional(),
  notes: notes.nullable().optional(),
  consent_given_at: instant.nullable().optional(),
  consent_until: instant.nullable().optional(),
  groups: groupNames.optional().meta({
    description:
      'Names of all the groups the person is in. Groups that do not exist are created, except by credentials that are limited to groups, which change the membership in their own groups only.',
  }),
};

const path = z.object({ person_id: personIdInput });

export const listPeople = operation({
  id: 'listPeople',
  method: 'get',
  path: '/api/people',
  tag: 'People',
  summary: 'List people',
  description: 'Paged by cursor. `q` searches names and external ids.',
  scope: 'faces:read',
  inGroups: true,
  query: z.strictObject({
    cursor: z.string().min(1).max(2_000).optional().meta({ description: 'The `next_cursor` of the page before.' }),
    limit: integer({ min: 1, max: 200 }).default(50),
    order: z.enum(['newest', 'name'], 'must be newest or name').default('newest'),
    q: z.string().max(200).optional().meta({ description: 'Beginnings of words in the name or the user_id.' }),
    group_id: groupIdInput.optional().meta({ description: 'Only people in this group.' }),
  }),
  answer: z.object({ people: z.array(person), next_cursor: z.string().nullable() }).meta({ id: 'ListPeopleAnswer' }),
  errors: [],
});

export const createPerson = operation({
  id: 'createPerson',
  method: 'post',
  path: '/api/people',
  tag: 'People',
  summary: 'Create a person',
  description: 'The person has no samples yet. Enrol them with `person_id`.',
  scope: 'faces:write',
  inGroups: true,
  orOwn: true,
  idempotent: true,
  body: z.strictObject(writable).meta({ id: 'CreatePersonRequest' }),
  answer: person,
  status: 201,
  errors: ['CONFLICT', 'NOT_FOUND'],
  audit: ({ answer }) => ({ action: 'person.create', subjectKind: 'person', subjectId: answer.person_id }),
});

export const readPerson = operation({
  id: 'readPerson',
  method: 'get',
  path: '/api/people/{person_id}',
  tag: 'People',
  summary: 'Read a person',
  description: 'Returns the person, the number of samples, and the best one.',
  scope: 'faces:read',
  inGroups: true,
  orOwn: true,
  params: path,
  answer: person,
  errors: ['NOT_FOUND'],
});

export const updatePerson = operation({
  id: 'updatePerson',
  method: 'patch',
  path: '/api/people/{person_id}',
  tag: 'People',
  summary: 'Change a person',
  description: 'Absent fields stay unchanged. `null` clears a field.',
  scope: 'faces:write',
  inGroups: true,
  orOwn: true,
  idempotent: true,
  params: path,
  body: z
    .strictObject(writable)
    .refine((body) => Object.values(body).some((value) => value !== undefined), 'must change at least one field')
    .meta({ id: 'UpdatePersonRequest' }),
  answer: person,
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params, body }) => ({
    action: 'person.change',
    subjectKind: 'person',
    subjectId: params.person_id,
    details: { fields: changedFields(body) },
  }),
});

export const deletePerson = operation({
  id: 'deletePerson',
  method: 'delete',
  path: '/api/people/{person_id}',
  tag: 'People',
  summary: 'Erase a person',
  description: 'Erases the person with all samples, pictures and recognitions. Readers of the feed receive tombstones.',
  scope: 'faces:write',
  inGroups: true,
  orOwn: true,
  idempotent: true,
  params: path,
  answer: z.object({ deleted_faces: z.int().nonnegative() }).meta({ id: 'DeletePersonAnswer' }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params, answer }) => ({
    action: 'person.delete',
    subjectKind: 'person',
    subjectId: params.person_id,
    details: { deleted_samples: answer.deleted_faces },
  }),
});

export const mergePeople = operation({
  id: 'mergePeople',
  method: 'post',
  path: '/api/people/merge',
  tag: 'People',
  summary: 'Merge two people',
  description:
    'Moves all samples of `from` to `into` and deletes `from`. Fields that `into` lacks are taken from `from`.',
  scope: 'faces:write',
  idempotent: true,
  body: z
    .strictObject({ from: personIdInput, into: personIdInput })
    .refine((body) => body.from !== body.into, { path: ['into'], message: 'must be another person than from' })
    .meta({ id: 'MergePeopleRequest' }),
  answer: person,
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ body }) => ({
    action: 'person.merge',
    subjectKind: 'person',
    subjectId: body.into,
    details: { from: body.from },
  }),
});

export const listDuplicates = operation({
  id: 'listDuplicates',
  method: 'get',
  path: '/api/people/duplicates',
  tag: 'People',
  summary: 'List likely duplicates among people',
  description:
    'Returns pairs of people whose samples match each other, most alike first. Each call searches more samples, for half a second at most. `complete` is true when all were searched.',
  scope: 'faces:read',
  query: z.strictObject({ limit: integer({ min: 1, max: 50 }).default(10) }),
  answer: z
    .object({
      pairs: z.array(
        z.object({
          people: z.tuple([person, person]).meta({ description: 'The person who was enrolled first comes first.' }),
          face_ids: z.tuple([faceId, faceId]).meta({ description: 'The two samples, one of each.' }),
          trust,
          distance,
        }),
      ),
      complete: z.boolean(),
    })
    .meta({ id: 'ListDuplicatesAnswer' }),
  errors: [],
});

export const markDistinct = operation({
  id: 'markDistinct',
  method: 'post',
  path: '/api/people/distinct',
  tag: 'People',
  summary: 'Mark two people as different',
  description: 'The pair is no longer listed among the likely duplicates.',
  scope: 'faces:write',
  idempotent: true,
  body: z
    .strictObject({ person_id: personIdInput, other_person_id: personIdInput })
    .refine((body) => body.person_id !== body.other_person_id, {
      path: ['other_person_id'],
      message: 'must be another person than person_id',
    })
    .meta({ id: 'MarkDistinctRequest' }),
  answer: z.object({}).meta({ id: 'MarkDistinctAnswer' }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ body }) => ({
    action: 'person.distinct',
    subjectKind: 'person',
    subjectId: body.person_id,
    details: { other_person_id: body.other_person_id },
  }),
});
