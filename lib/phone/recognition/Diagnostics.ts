import type { Timing } from '@/lib/phone/vision/protocol';

/** Performance of recognition on this phone, for support. */
export interface Diagnostics {
  framesPerSecond: number;
  /** Duration of each stage, ms. */
  timing: Timing;
  /** Size of a camera frame, pixels. */
  width: number;
  height: number;
}
