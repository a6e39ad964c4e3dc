import { type LogCrowding, logCrowding } from './fitCrowding';

/** Decimals of the coefficients. Rounding to them changes a distance by less than a ten-thousandth. */
const DECIMALS = 5;

/**
 * Returns the text of `sdk/src/crowding.coefficients.ts`: the fit and its limits. The limits are the minimum and
 * maximum among the people of the fit.
 */
export function crowdingFile(fit: LogCrowding, encodings: readonly Float32Array[], source: string): string {
  const values = encodings.map((one) => logCrowding(fit, one));
  return `/**
 * The coefficients of \`crowding\`: its logarithm is bias + linear · x + square · |x|², within two limits. Made by
 * \`npm run bench:fit-trust\`; do not edit.
 * ${source}
 */
export const CROWDING_COEFFICIENTS: {
  /** Added to the sum; no unit. */
  readonly bias: number;
  /** Factor of the squared length of the encoding. */
  readonly square: number;
  /** Least value of the sum, as met among the people of the fit. */
  readonly least: number;
  /** Greatest value of the sum, as met among them. */
  readonly most: number;
  /** Factors of the 128 numbers of the encoding. */
  readonly linear: readonly number[];
} = {
  bias: ${round(fit.bias)},
  square: ${round(fit.square)},
  least: ${round(Math.min(...values))},
  most: ${round(Math.max(...values))},
  // biome-ignore format: one number a line would hide everything else
  linear: [
${lines(fit.linear.map(round), 12)}
  ],
};
`;
}

function lines(values: readonly number[], each: number): string {
  return Array.from(
    { length: Math.ceil(values.length / each) },
    (_, i) => `    ${values.slice(i * each, (i + 1) * each).join(', ')},`,
  ).join('\n');
}

const round = (value: number) => Number(value.toFixed(DECIMALS));
