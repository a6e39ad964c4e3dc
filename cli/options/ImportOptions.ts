import type { ServerOptions } from '../server/command';

export interface ImportOptions extends ServerOptions {
  from?: 'face_recognition' | 'compreface';
  fromKey?: string;
  names?: string;
  restoreDeleted?: boolean;
}
