import type { JsonOption, ServerOptions } from '../lib/options';

export interface SyncOptions extends ServerOptions, JsonOption {
  gallery: string;
  watch?: true | number;
}
