import { crowding, distance, normalisedDistance } from '@kith/sdk';

/** Returns the distance of a probe from a person with these samples. */
export type SampleRule = (probe: Float32Array, samples: readonly Float32Array[]) => number;

/** How quickly the weight of further samples falls in the soft minimum, in units of distance. */
const TEMPERATURE = 0.05;

/** The rules compared for combining several samples of one person. All of them are normalised by crowding. */
export const SAMPLE_RULES: Record<string, SampleRule> = {
  nearest,
  'mean of two nearest': (probe, samples) => {
    const sorted = samples.map((sample) => normalisedDistance(probe, sample)).sort((a, b) => a - b);
    return mean(sorted.slice(0, 2));
  },
  'mean encoding': toMeanEncoding,
  '(nearest + mean encoding) ÷ 2': (probe, samples) => (nearest(probe, samples) + toMeanEncoding(probe, samples)) / 2,
  'soft minimum': (probe, samples) => {
    const weights = samples.map((sample) => Math.exp(-normalisedDistance(probe, sample) / TEMPERATURE));
    return -TEMPERATURE * Math.log(mean(weights));
  },
};

function nearest(probe: Float32Array, samples: readonly Float32Array[]): number {
  return Math.min(...samples.map((sample) => normalisedDistance(probe, sample)));
}

/**
 * Returns the distance to the mean of the samples. The mean of several is shorter than each of them. Its crowding is
 * meaningless, because the fit has not seen such encodings. It is therefore given the mean crowding of the samples.
 */
function toMeanEncoding(probe: Float32Array, samples: readonly Float32Array[]): number {
  const middle = Float32Array.from(probe, (_, i) => mean(samples.map((sample) => sample[i] as number)));
  return distance(probe, middle) * crowding(probe) * mean(samples.map(crowding));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
