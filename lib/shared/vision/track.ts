import { area, iou } from './boxes';
import type { Position } from './types';

/**
 * Tracks faces from frame to frame and decides who they are. Pure: the caller passes the time with each frame, so a
 * recorded sequence replays exactly.
 *
 * Association is greedy on intersection over union. For a handful of faces at camera rate this equals the optimal
 * assignment of SORT (Bewley et al. 2016) without its motion model. The verdict is a sliding vote with hysteresis: a
 * single blurred frame neither sets a name nor removes one.
 */

/** The match of one encoding of a face. `key` is null when nobody was near enough. */
export interface Vote {
  key: string | null;
  /** Trust in the best candidate, 0–100; part of the verdict when this vote wins. */
  trust: number;
}

export type Verdict =
  | { kind: 'deciding' }
  | { kind: 'unknown'; trust: number }
  | { kind: 'known'; key: string; trust: number };

/** A detected face of one frame. */
export interface Sighting<T> {
  position: Position;
  /** How well the face is visible, 0 (not at all) to 1 (best). */
  view: number;
  /** Data of the caller that stays with the face, such as landmarks. */
  payload: T;
}

export interface Track<T> {
  /** Ascending from 1; one tracker never reuses an id. */
  id: number;
  position: Position;
  payload: T;
  view: number;
  verdict: Verdict;
  /** Times of the first and last sighting, ms of the caller's clock. */
  firstSeenAt: number;
  lastSeenAt: number;
  /** Number of votes so far. */
  votes: number;
}

export interface TrackerOptions {
  /** Minimum intersection over union with which two boxes are the same face. */
  minIou?: number;
  /** Maximum time out of sight after which a face keeps its track, ms. */
  patienceMs?: number;
  /** Maximum number of tracks; further faces are ignored. */
  maxTracks?: number;
  /** Agreeing votes needed for a first verdict. */
  quorum?: number;
  /** Agreeing votes needed to change a verdict. */
  overturn?: number;
  /** Number of most recent votes that count. */
  window?: number;
  /** Interval at which a settled face is encoded again, ms. Detects that another person took the same place. */
  recheckMs?: number;
  /** Factor by which a view must improve to be worth another encoding. */
  betterView?: number;
}

const DEFAULTS: Required<TrackerOptions> = {
  minIou: 0.2,
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

  /**
   * Assigns the faces of one frame to tracks. Returns the tracks in sight, the largest first. `at` in ms, never
   * decreasing.
   */
  update(sightings: Sighting<T>[], at: number): Track<T>[] {
    this.#tracks = this.#tracks.filter((track) => at - track.lastSeenAt <= this.#options.patienceMs);
    const free = new Set(sightings);
    for (const { track, sighting } of this.#pairsByIou(sightings)) {
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

  /** All current tracks, in sight or not. */
  followed(): Track<T>[] {
    return this.#tracks;
  }

  /**
   * Returns the track in sight that needs an encoding most, or null when all are settled. Order: tracks without a
   * verdict (fewest votes first), tracks with a better view than before, then the track that was not checked for the
   * longest time.
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

  /** Adds a vote to a track. Unknown ids are ignored: the track may have ended meanwhile. */
  vote(id: number, vote: Vote, at: number): void {
    const track = this.#tracks.find((candidate) => candidate.id === id);
    if (!track) return;
    track.votes += 1;
    track.lastEncodedAt = at;
    track.bestView = Math.max(track.bestView, track.view);
    track.recent = [...track.recent, vote].slice(-this.#options.window);
    track.verdict = this.#decide(track);
  }

  /**
   * Discards all votes but keeps tracks and verdicts, so that every face is matched again. Called after the gallery
   * changed.
   */
  reconsider(): void {
    for (const track of this.#tracks) {
      track.recent = [];
      track.votes = 0;
      track.bestView = 0;
      track.lastEncodedAt = Number.NEGATIVE_INFINITY;
    }
  }

  /** Resets the verdict "unknown" to "deciding". Called when the gallery was incomplete until now. */
  forgetUnknown(): void {
    for (const track of this.#tracks) {
      if (track.verdict.kind === 'unknown') track.verdict = { kind: 'deciding' };
    }
  }

  #pairsByIou(sightings: Sighting<T>[]): { track: Followed<T>; sighting: Sighting<T> }[] {
    const pairs = [];
    for (const track of this.#tracks) {
      for (const sighting of sightings) {
        const overlap = iou(track.position, sighting.position);
        if (overlap >= this.#options.minIou) pairs.push({ track, sighting, overlap });
      }
    }
    return pairs.sort((a, b) => b.overlap - a.overlap);
  }

  /** Urgency of an encoding; 0 when none is needed. */
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
    // "Unknown" needs one vote more than a name: a first view of a turned head matches nobody far more often than it
    // matches the wrong person.
    const needed =
      settled !== undefined && settled !== winner
        ? this.#options.overturn
        : this.#options.quorum + (winner === null ? 1 : 0);
    if (tied || most < needed) return settled === undefined ? track.verdict : this.#refresh(track, settled);
    return this.#refresh(track, winner);
  }

  /** Returns the verdict for `key` with the highest trust of the recent votes for it. */
  #refresh(track: Followed<T>, key: string | null): Verdict {
    const trusts = track.recent.filter((vote) => vote.key === key).map((vote) => vote.trust);
    if (trusts.length === 0) return track.verdict;
    const trust = Math.max(...trusts);
    return key === null ? { kind: 'unknown', trust } : { kind: 'known', key, trust };
  }
}
