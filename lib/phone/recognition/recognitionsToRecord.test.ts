import { expect, test } from 'vitest';
import type { Label, LivenessState, SeenFace } from '@/lib/phone/vision/protocol';
import { recognitionsToRecord } from './recognitionsToRecord';

const face = (label: Label, liveness: LivenessState = { kind: 'off' }): SeenFace => ({
  track: 1,
  position: { top: 0, left: 0, bottom: 10, right: 10 },
  label,
  candidates: [
    { faceId: 17, trust: 61, distance: 0.45 },
    { faceId: 20, trust: 30, distance: 0.52 },
  ],
  liveness,
  view: 1,
});

const candidates = [
  { face_id: 17, trust: 61, distance: 0.45 },
  { face_id: 20, trust: 30, distance: 0.52 },
];

test('known and unknown faces are recorded with who they may be', () => {
  const identity = { key: 'person:5', faceId: 17, personId: 5, name: 'Ada', enrolment: null };
  const recorded = recognitionsToRecord([
    face({ kind: 'known', identity, trust: 61 }, { kind: 'passed' }),
    face({ kind: 'unknown', trust: 30, stranger: 's1' }),
    face({ kind: 'deciding' }),
  ]);
  expect(recorded.map(({ event }) => event)).toEqual([
    { face_id: 17, person_id: 5, trust: 61, liveness: 'passed', name: 'Ada', enrolment: null, candidates },
    { face_id: null, person_id: null, trust: 30, liveness: 'off', name: null, enrolment: null, candidates },
  ]);
});
