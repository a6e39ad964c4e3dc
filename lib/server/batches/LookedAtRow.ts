import type { SampleFace } from '@/lib/server/people/samples/store';
import type { ClaimedRow } from './claims';
import type { AlikeFace } from './whoIsAlike';

/** A claimed row with the face that its picture showed. */
export interface LookedAtRow {
  row: ClaimedRow;
  face: SampleFace;
  /** People who are enrolled and whom the face matches, nearest first. */
  alike?: readonly AlikeFace[];
}
