import type { CpusOption, GalleryOptions, JsonOption } from '../lib/options';

export interface CameraOptions extends GalleryOptions, JsonOption, CpusOption {
  device?: string;
  url?: string;
  fps: number;
  stall: number;
  once?: boolean;
  preview?: true | number;
  save?: string;
  onRecognised?: string;
  server?: string;
  key?: string;
  name?: string;
  state?: string;
  /** Whether `--min-trust` was given. Otherwise, a device's settings decide. */
  minTrustGiven?: boolean;
}
