import { describe, expect, test } from 'vitest';
import type { Label, LivenessState, SeenFace } from '@/lib/phone/vision/protocol';
import { headlineOf, headlineText } from './headline';

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

/** The same face nearer or farther: a square with this side. */
const ofSize = (side: number, seen: SeenFace): SeenFace => ({
  ...seen,
  position: { top: 10, left: 10, bottom: 10 + side, right: 10 + side },
});

test('shows each name once, strangers, and that somebody is looked at', () => {
  expect(headlineOf([])).toEqual({ kind: 'nobody' });
  expect(headlineOf([face({ kind: 'deciding' })])).toEqual({ kind: 'looking' });
  expect(headlineOf([face(unknown, { kind: 'off' }, 4)])).toEqual({ kind: 'unknown', track: 4, count: 1 });
  expect(headlineOf([face(known('Ada')), face(known(null)), face(known('Ada'))])).toEqual({
    kind: 'known',
    names: ['Ada', 'Face 5'],
    trust: 90,
  });
});

describe('a stranger is never hidden behind a name', () => {
  const ana = face(known('Ana Silva'));
  const stranger = face(unknown, { kind: 'off' }, 7);
  const undecided = face({ kind: 'deciding' });
  const text = (faces: SeenFace[]) => {
    const headline = headlineOf(faces);
    return headline.kind === 'known' || headline.kind === 'mixed' || headline.kind === 'unknown'
      ? `${headline.kind}: ${headlineText(headline)}`
      : headline.kind;
  };

  test.each<[string, SeenFace[], string]>([
    ['in front', [ofSize(300, stranger), ofSize(80, ana)], 'mixed: Ana Silva + 1 unknown'],
    ['behind', [ofSize(300, ana), ofSize(80, stranger)], 'mixed: Ana Silva + 1 unknown'],
    ['entering in front, not decided yet', [ofSize(80, ana), ofSize(300, undecided)], 'looking'],
    ['entering behind, not decided yet', [ofSize(300, ana), ofSize(80, undecided)], 'known: Ana Silva'],
    [
      'entering as a second one',
      [ofSize(300, ana), ofSize(80, stranger), ofSize(90, stranger)],
      'mixed: Ana Silva + 2 unknown',
    ],
    ['gone', [ofSize(300, ana)], 'known: Ana Silva'],
    ['left alone', [ofSize(300, stranger)], 'unknown: Unknown'],
    ['two of them', [stranger, stranger], 'unknown: 2 unknown'],
  ])('%s', (_, faces, expected) => {
    expect(text(faces)).toBe(expected);
    expect(text(faces.toReversed()), 'in whatever order the tracks are').toBe(expected);
  });

  test('the largest stranger is the one to add', () => {
    const far = ofSize(50, face(unknown, { kind: 'off' }, 3));
    expect(headlineOf([far, ana, ofSize(200, stranger)])).toMatchObject({ kind: 'mixed', track: 7 });
    expect(headlineOf([far, ofSize(200, stranger)])).toMatchObject({ kind: 'unknown', track: 7 });
  });

  test('nor somebody who failed the liveness check', () => {
    const photo = face(known('Ben', 6), { kind: 'failed' });
    expect(text([ofSize(200, photo), ana])).toBe('mixed: Ana Silva + 1 may be a photo');
    expect(text([photo, stranger, ana])).toBe('mixed: Ana Silva + 1 unknown + 1 may be a photo');
    expect(headlineOf([photo, ofSize(300, stranger)])).toEqual({ kind: 'not-alive' });
  });
});

test('shows no name before the liveness check is passed', () => {
  const checking: LivenessState = { kind: 'checking', challenge: 'blink' };
  expect(headlineOf([face(known('Ada'), checking)])).toEqual({ kind: 'prove', challenge: 'blink' });
  expect(headlineOf([ofSize(300, face(known('Ada'), checking)), ofSize(80, face(known('Ben', 6)))])).toEqual({
    kind: 'prove',
    challenge: 'blink',
  });
  expect(headlineOf([face(known('Ada'), { kind: 'failed' })])).toEqual({ kind: 'not-alive' });
  expect(headlineOf([face(known('Ada'), { kind: 'passed' })])).toMatchObject({ names: ['Ada'] });
});
