import { z } from 'zod';
import { position } from './fields';

/** The body of every answer that is not a success. */
export const failure = z
  .looseObject({
    error_type: z.int().meta({ description: 'A number a client may switch on; it never changes its meaning.' }),
    error_message: z.string(),
    request_id: z.string(),
    field: z.string().optional().meta({ description: 'The field a bad request is about.' }),
    positions: z.array(position).optional().meta({ description: 'Where the faces are, when there are several.' }),
  })
  .meta({ id: 'Failure' });

export type Failure = z.infer<typeof failure>;
