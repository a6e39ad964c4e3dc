import { expect, test } from 'vitest';
import type { Label, LivenessState, SeenFace } from '@/lib/phone/vision/protocol';
import { headlineOf } from './headline';

const face = (label: Label, liveness: LivenessState = { kind: 'off' }, track = 1): SeenFace => ({
  track,
  position: { top: 0, left: 0, bottom: 100, right: 100 },
  label,
  candidates: [],
  liveness,
  view: 1,
});
const known = (name: string | null, faceId = 5): Label => ({
  kind: 'known',
  identity: { key: `face:${faceId}`, faceId, personId: null, name, enrolment: null },
  trust: 90,
});
const unknown: Label = { kind: 'unknown', trust: 3, stranger: 's1' };

test('shows names before strangers, each once', () => {
  expect(headlineOf([])).toEqual({ kind: 'nobody' });
  expect(headlineOf([face({ kind: 'deciding' })])).toEqual({ kind: 'looking' });
  expect(headlineOf([face(unknown, { kind: 'off' }, 4)])).toEqual({ kind: 'unknown', track: 4 });
  expect(headlineOf([face(unknown), face(known('Ada')), face(known(null)), face(known('Ada'))])).toEqual({
    kind: 'known',
    names: ['Ada', 'Face 5'],
    trust: 90,
  });
});

test('shows no name before the liveness check is passed', () => {
  const checking: LivenessState = { kind: 'checking', challenge: 'blink' };
  expect(headlineOf([face(known('Ada'), checking)])).toEqual({ kind: 'prove', challenge: 'blink' });
  expect(headlineOf([face(known('Ada'), { kind: 'failed' })])).toEqual({ kind: 'not-alive' });
  expect(headlineOf([face(known('Ada'), { kind: 'passed' })])).toMatchObject({ names: ['Ada'] });
});
