import type { ServerOptions } from '../server/command';

export interface EnrollOptions extends ServerOptions {
  name?: string;
  userId?: string;
  group?: string[];
  set?: Record<string, string>;
  retry?: number;
}
