import type { SampleFace } from '@/lib/server/people/samples/store';
import type { ClaimedRow } from './claims';
import type { AlikeFace } from './whoIsAlike';

/** A claimed row with the face in its picture. */
export interface LookedAtRow {
  row: ClaimedRow;
  face: SampleFace;
  /** Samples of enrolled people that the face matches, nearest first. */
  alike?: readonly AlikeFace[];
}
