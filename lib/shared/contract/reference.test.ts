import { expect, test } from 'vitest';
import { OPERATIONS } from './operations';
import { reference } from './reference';

test('every call is there with its fields', () => {
  const calls = reference();
  expect(calls).toHaveLength(OPERATIONS.length);
  const enrol = calls.find(({ id }) => id === 'enrolFace');
  expect(enrol?.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['image_url', 'image', 'unique_args']));
  expect(enrol?.fields.find(({ name }) => name === 'image')?.file).toBe(true);
  expect(enrol?.fields.find(({ name }) => name === 'select')?.type).toBe('"single" | "largest"');
  expect(enrol?.answer).toContain('face_id: integer');
  const remove = calls.find(({ id }) => id === 'deletePerson');
  expect(remove?.fields).toEqual([expect.objectContaining({ name: 'person_id', place: 'path', required: true })]);
});
