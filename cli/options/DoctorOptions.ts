import type { JsonOption } from '../lib/options';

export interface DoctorOptions extends JsonOption {
  url?: string;
  gallery?: string;
}
