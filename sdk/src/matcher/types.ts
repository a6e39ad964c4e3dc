/** A person near a probe, by the nearest of the person's samples. */
export interface Match {
  faceId: number;
  /** `null`: the sample belongs to nobody, and stands for itself. */
  personId: number | null;
  /** Euclidean, as `distance()` defines it. */
  distance: number;
}
