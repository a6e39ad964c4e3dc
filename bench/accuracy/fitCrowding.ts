import { distance, ENCODING_LENGTH } from '@kith/sdk';
import { solveSymmetric } from './solveSymmetric';

/** Parameters of the crowding fit. They were chosen by cross-validation over people (docs/decisions/0019). */
export interface CrowdingFit {
  /** The density around a face is measured by the mean distance to this many nearest strangers. */
  neighbours: number;
  /** Ridge penalty on the coefficients. */
  ridge: number;
  /** Power of the density by which distances are divided. */
  exponent: number;
  /** Weight of the squared length as a feature, relative to the 128 numbers. */
  squareScale: number;
}

const CROWDING_FIT: CrowdingFit = { neighbours: 5, ridge: 3, exponent: 1.5, squareScale: 2 };

/** The natural logarithm of crowding: `bias + linear · x + square · |x|²`. */
export interface LogCrowding {
  bias: number;
  linear: number[];
  square: number;
}

/**
 * Fits crowding on one encoding per person. The target is the logarithm of the mean distance to the nearest strangers.
 * The features are the centred encoding and its squared length. The mean over the people of the fit is 0, so that
 * distances between average faces do not change, whatever the number of people.
 */
export function fitCrowding(encodings: readonly Float32Array[], fit: CrowdingFit = CROWDING_FIT): LogCrowding {
  const { neighbours, ridge, exponent, squareScale } = fit;
  const targets = encodings.map((one) => Math.log(meanNearest(one, encodings, neighbours)));
  const centre = Array.from({ length: ENCODING_LENGTH }, (_, i) => mean(encodings.map((one) => one[i] as number)));
  const features = encodings.map((one) => {
    const moved = centre.map((value, i) => (one[i] as number) - value);
    return [...moved, squareScale * sumOfSquares(moved)];
  });
  const meanSquare = mean(features.map((row) => row[ENCODING_LENGTH] as number));
  for (const row of features) row[ENCODING_LENGTH] = (row[ENCODING_LENGTH] as number) - meanSquare;
  const meanTarget = mean(targets);
  const solution = ridgeRegression(
    features,
    targets.map((target) => target - meanTarget),
    ridge,
  );

  // Crowding is density to the power −exponent ÷ 2, because a distance is multiplied by the crowding of both faces. The
  // centre is folded into the bias.
  const factor = -exponent / 2;
  const onSquare = factor * squareScale * (solution[ENCODING_LENGTH] as number);
  const linear = centre.map((value, i) => factor * (solution[i] as number) - 2 * onSquare * value);
  const bias =
    -centre.reduce((sum, value, i) => sum + factor * (solution[i] as number) * value, 0) +
    onSquare * (sumOfSquares(centre) - meanSquare / squareScale);
  return { bias, linear, square: onSquare };
}

/** Computes the logarithm of crowding, without the limits. */
export function logCrowding({ bias, linear, square }: LogCrowding, encoding: Float32Array): number {
  let sum = bias;
  for (const [i, factor] of linear.entries()) {
    const value = encoding[i] as number;
    sum += (factor + square * value) * value;
  }
  return sum;
}

function meanNearest(one: Float32Array, others: readonly Float32Array[], count: number): number {
  const apart = others.filter((other) => other !== one).map((other) => distance(one, other));
  return mean(apart.sort((a, b) => a - b).slice(0, count));
}

function ridgeRegression(rows: number[][], targets: number[], ridge: number): number[] {
  const size = rows[0]?.length ?? 0;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  for (const [r, row] of rows.entries()) {
    for (let i = 0; i < size; i++) {
      const value = row[i] as number;
      const line = matrix[i] as Float64Array;
      right[i] = (right[i] as number) + value * (targets[r] as number);
      for (let j = 0; j < size; j++) line[j] = (line[j] as number) + value * (row[j] as number);
    }
  }
  for (const [i, line] of matrix.entries()) line[i] = (line[i] as number) + ridge;
  return solveSymmetric(matrix, right);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sumOfSquares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);
