import type { CpusOption, GalleryOptions, JsonOption } from '../lib/options';

export interface CameraOptions extends GalleryOptions, JsonOption, CpusOption {
  device?: string;
  url?: string;
  fps: number;
  preview?: true | number;
  save?: string;
  onRecognised?: string;
}
