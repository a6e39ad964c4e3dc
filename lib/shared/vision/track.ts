import type { Position } from './types';

/**
 * Follows faces from frame to frame and decides whose they are. Pure: time comes in with each frame, so that a
 * recorded sequence replays exactly.
 *
 * Association is greedy on intersection over union, which for a handful of faces at camera rate equals the optimal
 * assignment of SORT (Bewley et al. 2016) without its motion model. Naming is a sliding vote with hysteresis: one
 * blurred frame neither names a person nor takes a name away.
 */

/** What one encoding of a face was matched to. `key` is null when nobody was near enough. */
export interface Vote {
  key: string | null;
  /** 0–100, of the best candidate; kept with the vote that wins. */
  trust: number;
}

export type Verdict =
  | { kind: 'deciding' }
  | { kind: 'unknown'; trust: number }
  | { kind: 'known'; key: string; trust: number };

/** One face of one frame, as the detector gives it. */
export interface Sighting<T> {
  position: Position;
  /** How well it can be seen, 0 (not at all) to 1 (as good as it gets). */
  view: number;
  /** Whatever the caller wants carried along: landmarks, for instance. */
  payload: T;
}

export interface Track<T> {
  /** Counts up from 1 and is never used twice by one tracker. */
  id: number;
  position: Position;
  payload: T;
  view: number;
  verdict: Verdict;
  /** When the face was first and last seen, milliseconds of the caller's clock. */
  firstSeenAt: number;
  lastSeenAt: number;
  /** How many encodings have voted. */
  votes: number;
}

export interface TrackerOptions {
  /** Overlap below which two boxes are two faces. */
  minOverlap?: number;
  /** How long a face may be out of sight and still be the same track, ms. */
  patienceMs?: number;
  /** More faces than this are not followed. */
  maxTracks?: number;
  /** Votes that must agree for a first verdict. */
  quorum?: number;
  /** Votes that must agree to overturn one. */
  overturn?: number;
  /** How many of the last votes count. */
  window?: number;
  /** A settled face is encoded again after this long, so that a swap of people in one place is noticed, ms. */
  recheckMs?: number;
  /** A view must be this much better (a factor) to be worth another encoding. */
  betterView?: number;
}

const DEFAULTS: Required<TrackerOptions> = {
  minOverlap: 0.2,
  patienceMs: 700,
  maxTracks: 5,
  quorum: 2,
  overturn: 3,
  window: 5,
  recheckMs: 1000,
  betterView: 1.15,
};

interface Followed<T> extends Track<T> {
  recent: Vote[];
  lastEncodedAt: number;
  bestView: number;
}

export class Tracker<T> {
  readonly #options: Required<TrackerOptions>;
  #tracks: Followed<T>[] = [];
  #nextId = 1;

  constructor(options: TrackerOptions = {}) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Takes the faces of one frame and returns the tracks in sight, the largest first. `at` in ms, never going back. */
  update(sightings: Sighting<T>[], at: number): Track<T>[] {
    this.#tracks = this.#tracks.filter((track) => at - track.lastSeenAt <= this.#options.patienceMs);
    const free = new Set(sightings);
    for (const { track, sighting } of this.#pairsByOverlap(sightings)) {
      if (!free.has(sighting) || track.lastSeenAt === at) continue;
      free.delete(sighting);
      Object.assign(track, sighting, { lastSeenAt: at });
    }
    for (const sighting of free) {
      if (this.#tracks.length >= this.#options.maxTracks) break;
      this.#tracks.push({
        ...sighting,
        id: this.#nextId++,
        verdict: { kind: 'deciding' },
        firstSeenAt: at,
        lastSeenAt: at,
        votes: 0,
        recent: [],
        lastEncodedAt: Number.NEGATIVE_INFINITY,
        bestView: 0,
      });
    }
    return this.#tracks
      .filter((track) => track.lastSeenAt === at)
      .sort((a, b) => area(b.position) - area(a.position) || a.id - b.id);
  }

  /** Every track that is not given up yet, in sight or not. */
  followed(): Track<T>[] {
    return this.#tracks;
  }

  /**
   * The track in sight that an encoding would serve best now, or null when all are settled: first those without a
   * verdict (fewest votes first), then those seen better than ever, then the one unchecked for longest.
   */
  next(at: number): Track<T> | null {
    let best: Followed<T> | null = null;
    let bestNeed = 0;
    for (const track of this.#tracks) {
      if (track.lastSeenAt !== at) continue;
      const need = this.#need(track, at);
      if (need > bestNeed) {
        best = track;
        bestNeed = need;
      }
    }
    return best;
  }

  /** Counts an encoding's match for a track. A track that has gone meanwhile is ignored. */
  vote(id: number, vote: Vote, at: number): void {
    const track = this.#tracks.find((candidate) => candidate.id === id);
    if (!track) return;
    track.votes += 1;
    track.lastEncodedAt = at;
    track.bestView = Math.max(track.bestView, track.view);
    track.recent = [...track.recent, vote].slice(-this.#options.window);
    track.verdict = this.#decide(track);
  }

  /** Forgets all verdicts but keeps following: the gallery has changed, so everybody is asked again. */
  reconsider(): void {
    for (const track of this.#tracks) {
      track.recent = [];
      track.votes = 0;
      track.bestView = 0;
      track.lastEncodedAt = Number.NEGATIVE_INFINITY;
    }
  }

  /** Takes back that faces are unknown, as not everybody was there to compare them with. */
  forgetUnknown(): void {
    for (const track of this.#tracks) {
      if (track.verdict.kind === 'unknown') track.verdict = { kind: 'deciding' };
    }
  }

  #pairsByOverlap(sightings: Sighting<T>[]): { track: Followed<T>; sighting: Sighting<T> }[] {
    const pairs = [];
    for (const track of this.#tracks) {
      for (const sighting of sightings) {
        const overlap = intersectionOverUnion(track.position, sighting.position);
        if (overlap >= this.#options.minOverlap) pairs.push({ track, sighting, overlap });
      }
    }
    return pairs.sort((a, b) => b.overlap - a.overlap);
  }

  /** 0 when no encoding is wanted; a higher number is more urgent. */
  #need(track: Followed<T>, at: number): number {
    if (track.votes < this.#options.quorum || track.verdict.kind === 'deciding') return 3 + 1 / (1 + track.votes);
    const last = track.recent.at(-1);
    const settled = track.verdict.kind === 'known' ? track.verdict.key : null;
    if (last && last.key !== settled) return 3;
    if (track.view > track.bestView * this.#options.betterView) return 2;
    const idle = at - track.lastEncodedAt;
    return idle >= this.#options.recheckMs ? 1 - 1 / (1 + idle) : 0;
  }

  #decide(track: Followed<T>): Verdict {
    const counts = new Map<string | null, number>();
    for (const { key } of track.recent) counts.set(key, (counts.get(key) ?? 0) + 1);
    let winner: string | null = null;
    let most = 0;
    let tied = false;
    for (const [key, count] of counts) {
      if (count === most) tied = true;
      if (count > most) {
        winner = key;
        most = count;
        tied = false;
      }
    }
    const settled =
      track.verdict.kind === 'deciding' ? undefined : track.verdict.kind === 'known' ? track.verdict.key : null;
    // "Nobody" needs one vote more than a name: a first glance at a turned head matches nobody far more often than
    // it matches the wrong person.
    const needed =
      settled !== undefined && settled !== winner
        ? this.#options.overturn
        : this.#options.quorum + (winner === null ? 1 : 0);
    if (tied || most < needed) return settled === undefined ? track.verdict : this.#refresh(track, settled);
    return this.#refresh(track, winner);
  }

  /** The verdict for `key` with the best trust among the recent votes for it. */
  #refresh(track: Followed<T>, key: string | null): Verdict {
    const trusts = track.recent.filter((vote) => vote.key === key).map((vote) => vote.trust);
    if (trusts.length === 0) return track.verdict;
    const trust = Math.max(...trusts);
    return key === null ? { kind: 'unknown', trust } : { kind: 'known', key, trust };
  }
}

function area({ left, top, right, bottom }: Position): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

/** 0 (apart) to 1 (the same box). */
export function intersectionOverUnion(a: Position, b: Position): number {
  const overlap = area({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const union = area(a) + area(b) - overlap;
  return union > 0 ? overlap / union : 0;
}
