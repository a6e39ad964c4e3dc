/** A person near a probe, by the nearest of the person's samples. */
export interface Match {
  faceId: number;
  /** `null` for an unassigned sample, which counts as a person. */
  personId: number | null;
  /** Normalised, as `normalisedDistance()` defines it. */
  distance: number;
}
