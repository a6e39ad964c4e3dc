import type { Position } from '@/lib/shared/vision/types';

/** A person in sight, with the tracker's verdict. */
export interface Seen {
  /** Identifies the person: the id of the person or the face, or the track's id for an unknown face. */
  key: string;
  name: string | null;
  faceId: number | null;
  personId: number | null;
  /** Lineage of the feed that both ids belong to; missing if the gallery has none. */
  lineage?: string | undefined;
  /** 0–100. */
  trust: number;
  position: Position;
}

export interface PresenceEvent extends Seen {
  event: 'appeared' | 'left';
  /** Time of the first and last sighting, in seconds of the video or since the camera started. */
  at: number;
  /** Seconds from the first to the last sighting; only in `left`. */
  stayed?: number;
}

interface Present {
  seen: Seen;
  since: number;
  last: number;
}

/**
 * Converts the people in sight per frame to events: `appeared` and `left`. A person who turns away for a moment, or
 * whose track is lost at a cut, has not left. Pure: the caller passes the time with each frame.
 */
export class Presence {
  /** Seconds out of sight after which a person has left. */
  patience: number;
  readonly #present = new Map<string, Present>();

  constructor({ patience }: { patience: number }) {
    this.patience = patience;
  }

  /** Adds the people in sight at a time in seconds, never decreasing. Returns the resulting events. */
  update(inSight: readonly Seen[], at: number): PresenceEvent[] {
    const events: PresenceEvent[] = [];
    for (const seen of inSight) {
      const present = this.#present.get(seen.key);
      if (!present) events.push({ ...seen, event: 'appeared', at });
      this.#present.set(seen.key, { seen, since: present?.since ?? at, last: at });
    }
    for (const [key, { last }] of this.#present) {
      if (at - last > this.patience) events.push(this.#leave(key));
    }
    return events;
  }

  /** Ends the video: returns a `left` event for everyone. */
  end(): PresenceEvent[] {
    return [...this.#present.keys()].map((key) => this.#leave(key));
  }

  #leave(key: string): PresenceEvent {
    const { seen, since, last } = this.#present.get(key) as Present;
    this.#present.delete(key);
    return { ...seen, event: 'left', at: last, stayed: Math.round((last - since) * 100) / 100 };
  }
}
