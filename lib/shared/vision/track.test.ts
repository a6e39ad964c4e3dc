import { describe, expect, test } from 'vitest';
import { Tracker } from './track';
import type { Position } from './types';

const box = (left: number, top = 100, size = 100): Position => ({ left, top, right: left + size, bottom: top + size });
const see = (position: Position, view = 0.5) => ({ position, view, payload: null });
const ada = { key: 'p:1', trust: 90 };
const bob = { key: 'p:2', trust: 80 };
const nobody = { key: null, trust: 10 };

/** One face that does not move; one vote per frame, 50 ms apart. Returns the verdict after each vote. */
function verdicts(votes: { key: string | null; trust: number }[]): string[] {
  const tracker = new Tracker<null>();
  return votes.map((vote, i) => {
    const [track] = tracker.update([see(box(100))], i * 50);
    if (!track) throw new Error('the face was lost');
    tracker.vote(track.id, vote, i * 50);
    return track.verdict.kind === 'known' ? track.verdict.key : track.verdict.kind;
  });
}

describe('following', () => {
  test('a moving face keeps its track, a face elsewhere gets a new one', () => {
    const tracker = new Tracker<null>();
    const [first] = tracker.update([see(box(100))], 0);
    const both = tracker.update([see(box(400, 100, 120)), see(box(120))], 50);
    expect(both.map((track) => track.id)).toEqual([2, first?.id]);
    expect(both[1]?.position.left).toBe(120);
  });

  test('two faces passing close by do not swap', () => {
    const tracker = new Tracker<null>();
    tracker.update([see(box(100)), see(box(220))], 0);
    const tracks = tracker.update([see(box(190)), see(box(130))], 50);
    expect(new Map(tracks.map((track) => [track.id, track.position.left]))).toEqual(
      new Map([
        [1, 130],
        [2, 190],
      ]),
    );
  });

  test('a face keeps its track over a short gap, but not over a long one', () => {
    const tracker = new Tracker<null>({ patienceMs: 700 });
    tracker.update([see(box(100))], 0);
    expect(tracker.update([], 300)).toEqual([]);
    expect(tracker.update([see(box(110))], 600)[0]?.id).toBe(1);
    tracker.update([], 900);
    expect(tracker.update([see(box(110))], 1400)[0]?.id).toBe(2);
  });

  test('tracks at most five faces', () => {
    const tracker = new Tracker<null>();
    const crowd = Array.from({ length: 8 }, (_, i) => see(box(i * 150)));
    expect(tracker.update(crowd, 0)).toHaveLength(5);
  });
});

describe('naming', () => {
  test('a name needs two votes, "unknown" needs three', () => {
    expect(verdicts([ada, ada])).toEqual(['deciding', 'p:1']);
    expect(verdicts([nobody, nobody, nobody])).toEqual(['deciding', 'deciding', 'unknown']);
  });

  test('one bad frame does not remove a name', () => {
    expect(verdicts([ada, ada, nobody, ada, bob, ada])).toEqual(['deciding', 'p:1', 'p:1', 'p:1', 'p:1', 'p:1']);
  });

  test('one good frame does not name a stranger', () => {
    expect(verdicts([nobody, nobody, nobody, ada, nobody, nobody]).slice(2)).toEqual(Array(4).fill('unknown'));
  });

  test('another person in the same place changes the verdict after three votes', () => {
    expect(verdicts([ada, ada, ada, bob, bob, bob])).toEqual(['deciding', 'p:1', 'p:1', 'p:1', 'p:1', 'p:2']);
  });

  test('alternating votes decide nothing', () => {
    expect(verdicts([ada, bob, nobody])).toEqual(Array(3).fill('deciding'));
  });

  test('after reconsider the name stays until the votes say otherwise', () => {
    const tracker = new Tracker<null>();
    const [track] = tracker.update([see(box(100))], 0);
    if (!track) throw new Error('no track');
    tracker.vote(track.id, ada, 0);
    tracker.vote(track.id, ada, 0);
    tracker.reconsider();
    expect(track.verdict.kind).toBe('known');
    for (let i = 0; i < 3; i++) tracker.vote(track.id, nobody, i);
    expect(track.verdict).toEqual({ kind: 'unknown', trust: 10 });
  });
});

test('forgetUnknown resets unknown faces and keeps names', () => {
  const tracker = new Tracker<null>();
  const [first, second] = tracker.update([see(box(100)), see(box(300))], 0);
  if (!first || !second) throw new Error('no tracks');
  for (let i = 0; i < 3; i++) tracker.vote(first.id, nobody, i);
  for (let i = 0; i < 3; i++) tracker.vote(second.id, ada, i);
  tracker.forgetUnknown();
  expect(first.verdict).toEqual({ kind: 'deciding' });
  expect(second.verdict.kind).toBe('known');
});

describe('whom to encode next', () => {
  test('a new face first, undecided before settled, none when all are settled', () => {
    const tracker = new Tracker<null>();
    tracker.update([see(box(100))], 0);
    expect(tracker.next(0)?.id).toBe(1);
    tracker.vote(1, ada, 0);
    tracker.vote(1, ada, 10);
    tracker.update([see(box(100))], 50);
    expect(tracker.next(50)).toBeNull();
    tracker.update([see(box(100)), see(box(300))], 100);
    expect(tracker.next(100)?.id).toBe(2);
  });

  test('again when the view is better, and at an interval', () => {
    const tracker = new Tracker<null>();
    tracker.update([see(box(100), 0.4)], 0);
    tracker.vote(1, ada, 0);
    tracker.vote(1, ada, 0);
    tracker.update([see(box(100), 0.42)], 50);
    expect(tracker.next(50)).toBeNull();
    tracker.update([see(box(100), 0.6)], 100);
    expect(tracker.next(100)?.id).toBe(1);
    tracker.vote(1, ada, 100);
    tracker.update([see(box(100), 0.6)], 600);
    expect(tracker.next(600)).toBeNull();
    tracker.update([see(box(100), 0.6)], 1150);
    expect(tracker.next(1150)?.id).toBe(1);
  });
});
