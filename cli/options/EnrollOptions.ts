import type { TextEncoding } from '@/lib/shared/text/decodeText';
import type { NamesFrom } from '@/lib/shared/text/personsOfPaths';
import type { ServerOptions } from '../server/command';

export interface EnrollOptions extends ServerOptions {
  name?: string;
  userId?: string;
  group?: string[];
  set?: Record<string, string>;
  retry?: number;
  dryRun?: boolean;
  encoding?: TextEncoding;
  namesFrom?: NamesFrom;
  ifDifferent?: 'refuse' | 'keep';
}
