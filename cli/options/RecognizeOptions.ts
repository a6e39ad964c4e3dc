import type { CpusOption, GalleryOptions, JsonOption } from '../lib/options';

export interface RecognizeOptions extends GalleryOptions, JsonOption, CpusOption {
  csv?: boolean;
  every: number;
}
