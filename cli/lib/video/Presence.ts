import type { Position } from '@/lib/shared/vision/types';

/** Somebody who is seen, as the tracker has settled on them. */
export interface Seen {
  /** The same for the same person: a person's or a face's id, or the track's where nobody is known. */
  key: string;
  name: string | null;
  faceId: number | null;
  personId: number | null;
  /** 0–100. */
  trust: number;
  position: Position;
}

export interface PresenceEvent extends Seen {
  event: 'appeared' | 'left';
  /** Seconds of the video or since the camera started: when they were first seen, and last. */
  at: number;
  /** Seconds from first to last sight; of `left` only. */
  stayed?: number;
}

interface Present {
  seen: Seen;
  since: number;
  last: number;
}

/**
 * Turns who is in sight frame by frame into who appears and who leaves. Somebody who turns away for a moment, or whose
 * track is lost at a cut, has not left. Pure: time comes in with each frame.
 */
export class Presence {
  readonly #patience: number;
  readonly #present = new Map<string, Present>();

  /** @param patience seconds out of sight after which somebody has left */
  constructor({ patience }: { patience: number }) {
    this.#patience = patience;
  }

  /** Takes those in sight at a time, in seconds, never going back; gives what happened. */
  update(inSight: readonly Seen[], at: number): PresenceEvent[] {
    const events: PresenceEvent[] = [];
    for (const seen of inSight) {
      const present = this.#present.get(seen.key);
      if (!present) events.push({ ...seen, event: 'appeared', at });
      this.#present.set(seen.key, { seen, since: present?.since ?? at, last: at });
    }
    for (const [key, { last }] of this.#present) {
      if (at - last > this.#patience) events.push(this.#leave(key));
    }
    return events;
  }

  /** Everybody leaves: the video is over. */
  end(): PresenceEvent[] {
    return [...this.#present.keys()].map((key) => this.#leave(key));
  }

  #leave(key: string): PresenceEvent {
    const { seen, since, last } = this.#present.get(key) as Present;
    this.#present.delete(key);
    return { ...seen, event: 'left', at: last, stayed: Math.round((last - since) * 100) / 100 };
  }
}
