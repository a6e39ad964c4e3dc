import type { Timing } from '@/lib/phone/vision/protocol';

/** How recognition runs on this phone, for whoever is asked for help. */
export interface Diagnostics {
  framesPerSecond: number;
  /** Milliseconds, by stage. */
  timing: Timing;
  /** Of a camera frame, pixels. */
  width: number;
  height: number;
}
