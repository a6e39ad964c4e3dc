import type { z } from 'zod';
import type { listFaces } from '@/lib/shared/contract/faces';

/** A page of samples as the API lists them. */
export type FacesPage = z.output<(typeof listFaces)['answer']>;

export type ListedFace = FacesPage['faces'][number];
