import type { Bitmap, EncodedFace } from '@/lib/shared/vision/types';
import type { FaceFollower, FollowedFace } from './FaceFollower';
import type { LiveSignal } from './liveSignals';
import { Presence, type PresenceEvent } from './Presence';

/** Seconds out of sight after which a person has left. */
const PATIENCE_SECONDS = 3;
/** Weight of the latest interval in the mean time between two frames. */
const LATEST = 0.2;

export interface FollowFacesOptions {
  signals: AsyncIterable<LiveSignal>;
  follower: FaceFollower;
  look: (bitmap: Bitmap) => Promise<EncodedFace[]>;
  /** Desired seconds between two frames. */
  every: number;
  report: (event: PresenceEvent) => void | Promise<void>;
  /** Called with each frame and the faces on it. */
  onFrame?: (frame: { bitmap: Bitmap; at: number; faces: FollowedFace[]; events: PresenceEvent[] }) => Promise<void>;
  /** Called when the source breaks, after everybody in sight has left, and when it works again. */
  onLink?: (signal: Extract<LiveSignal, { kind: 'connected' | 'lost' }>) => void;
}

/** Reports who appears and who leaves. Time continues without frames: when they stop, people in sight leave. */
export async function followFaces(options: FollowFacesOptions): Promise<void> {
  const { signals, follower, look, every, report, onFrame, onLink } = options;
  const presence = new Presence({ patience: PATIENCE_SECONDS });
  const reportAll = async (events: PresenceEvent[]) => {
    for (const event of events) await report(event);
  };
  let interval = every;
  let last: number | null = null;
  let now = 0;
  for await (const signal of signals) {
    now = Math.max(now, signal.at);
    if (signal.kind === 'frame') {
      if (last !== null) interval += LATEST * (now - last - interval);
      last = now;
      // A slow camera or a busy computer must not make people leave between two frames.
      presence.patience = Math.max(PATIENCE_SECONDS, 2.5 * interval);
      const faces = follower.update(await look(signal.bitmap), now);
      const events = presence.update(
        faces.flatMap(({ seen }) => seen ?? []),
        now,
      );
      await reportAll(events);
      await onFrame?.({ bitmap: signal.bitmap, at: now, faces, events });
    } else if (signal.kind === 'tick') {
      await reportAll(presence.update([], now));
    } else {
      if (signal.kind === 'lost') {
        await reportAll(presence.end());
        last = null;
      }
      onLink?.(signal);
    }
  }
  await reportAll(presence.end());
}
