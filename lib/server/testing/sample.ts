import type { NewSample } from '@/lib/server/people/samples/store';

/** Returns an unassigned sample: 128 random numbers, and no pictures unless given. */
export function someSample(given: Partial<NewSample> = {}): NewSample {
  return {
    encoding: Float32Array.from({ length: 128 }, () => Math.random() - 0.5),
    position: { top: 10, left: 20, bottom: 110, right: 120 },
    quality: { score: 0.9, size: 60, sharpness: 0.8, presence: 1, pose: { yaw: 1, pitch: -2, roll: 3 } },
    storeImages: 'crop',
    ...given,
  };
}
