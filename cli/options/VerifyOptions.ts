import type { JsonOption } from '../lib/options';

export interface VerifyOptions extends JsonOption {
  minTrust: number;
}
