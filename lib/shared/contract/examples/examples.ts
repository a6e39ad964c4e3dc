import { ACCOUNT_EXAMPLES } from './accounts';
import { DEVICE_EXAMPLES } from './devices';
import type { Example } from './example';
import { FACE_EXAMPLES } from './faces';
import { GROUP_EXAMPLES } from './groups';
import { IMPORT_EXAMPLES } from './imports';
import { PEOPLE_EXAMPLES } from './people';
import { SERVER_EXAMPLES } from './server';
import { WEBHOOK_EXAMPLES } from './webhooks';

/** One example of each call, by the `id` of its operation. */
export const EXAMPLES: ReadonlyMap<string, Example> = new Map(
  [
    ...FACE_EXAMPLES,
    ...PEOPLE_EXAMPLES,
    ...GROUP_EXAMPLES,
    ...IMPORT_EXAMPLES,
    ...ACCOUNT_EXAMPLES,
    ...WEBHOOK_EXAMPLES,
    ...DEVICE_EXAMPLES,
    ...SERVER_EXAMPLES,
  ].map((example) => [example.id, example]),
);
