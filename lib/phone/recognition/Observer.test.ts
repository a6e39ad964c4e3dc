import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FrameReport, Label } from '@/lib/phone/vision/protocol';
import { COOLDOWN_MS } from './Cooldown';
import { Feedback } from './feedback';
import type { Headline } from './headline';
import { Observer } from './Observer';

let observer: Observer;
let recorded: (string | null)[];
let headlines: Headline['kind'][];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const feedback = new Feedback();
  feedback.muted = true;
  recorded = [];
  headlines = [];
  observer = new Observer({
    feedback,
    listener: {
      onHeadline: ({ kind }) => headlines.push(kind),
      onDiagnostics: () => undefined,
      onRecognition: ({ name }) => recorded.push(name),
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A frame of a worker that has run for `at` ms. */
const frame = (at: number, ...labels: Label[]): FrameReport => ({
  type: 'frame',
  at,
  width: 640,
  height: 480,
  faces: labels.map((label, i) => ({
    track: i + 1,
    position: { top: 0, left: 0, bottom: 100, right: 100 },
    label,
    candidates: [],
    liveness: { kind: 'off' },
    view: 1,
  })),
  timing: { read: 1, mesh: 1, encode: 1, total: 3 },
});
const ada: Label = {
  kind: 'known',
  identity: { key: 'person:5', faceId: 17, personId: 5, name: 'Ada', enrolment: null },
  trust: 80,
};
const stranger = (key: string): Label => ({ kind: 'unknown', trust: 10, stranger: key });

test('a vision worker that starts anew has a clock of its own, and the cooldown goes by that of the page', () => {
  vi.advanceTimersByTime(3_600_000);
  observer.see(frame(3_600_000, ada));
  observer.reset();
  vi.advanceTimersByTime(COOLDOWN_MS - 1);
  observer.see(frame(500, ada));
  expect(recorded, 'within the cooldown, as without a restart').toEqual(['Ada']);
  vi.advanceTimersByTime(1);
  observer.see(frame(501, ada));
  expect(recorded).toEqual(['Ada', 'Ada']);
});

test('a result goes when its face is gone, also where an earlier vision worker had run for longer', () => {
  vi.advanceTimersByTime(3_600_000);
  observer.see(frame(3_600_000, ada));
  vi.advanceTimersByTime(2_000);
  observer.see(frame(500));
  expect(headlines).toEqual(['known', 'nobody']);
});

test('numbers of strangers and tracks begin anew with the vision worker, and are then somebody else', () => {
  observer.see(frame(0, stranger('stranger:1'), stranger('track:2'), ada));
  expect(recorded).toHaveLength(3);
  vi.advanceTimersByTime(1_000);
  observer.see(frame(1_000, stranger('stranger:1'), stranger('track:2'), ada));
  expect(recorded).toHaveLength(3);
  observer.reset();
  observer.see(frame(0, stranger('stranger:1'), stranger('track:2'), ada));
  expect(recorded).toEqual([null, null, 'Ada', null, null]);
});
