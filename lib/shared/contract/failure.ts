import { z } from 'zod';
import { position } from './fields';

/** The body of every error response. */
export const failure = z
  .looseObject({
    error_type: z.int().meta({ description: 'Number of the kind of error. Its meaning never changes.' }),
    error_message: z.string(),
    request_id: z.string(),
    field: z.string().optional().meta({ description: 'The invalid field of the request.' }),
    positions: z.array(position).optional().meta({ description: 'Positions of the faces, if there are several.' }),
    dark: z.boolean().optional().meta({ description: 'True if no face was found in a picture that is very dark.' }),
  })
  .meta({ id: 'Failure' });

export type Failure = z.infer<typeof failure>;
