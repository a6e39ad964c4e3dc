import type { CpusOption, JsonOption } from '../lib/options';

export interface DetectOptions extends JsonOption, CpusOption {
  encodings?: boolean;
}
