/**
 * The coefficients of `crowding`: its logarithm is bias + linear · x + square · |x|², within two limits. Made by
 * `npm run bench:fit-trust`; do not edit.
 * Fitted on pictures of FairFace (K. Karkkainen and J. Joo, WACV 2021), licence CC BY 4.0; see docs/decisions/0019.
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
  bias: -0.4594,
  square: -0.37374,
  least: -0.14836,
  most: 0.11802,
  // biome-ignore format: one number a line would hide everything else
  linear: [
    -0.09849, 0.02149, 0.02022, -0.07572, -0.07266, -0.0513, -0.02314, -0.08376, 0.09963, -0.10511, 0.19681, -0.06285,
    -0.12905, -0.06673, -0.00574, 0.16169, -0.14246, -0.09018, -0.05818, -0.01046, -0.0084, 0.01231, -0.03205, 0.04749,
    -0.08631, -0.23662, -0.06067, -0.096, -0.00171, -0.01112, 0.00574, 0.08603, -0.13764, -0.03361, -0.00005, 0.04993,
    -0.00795, -0.055, 0.12184, -0.00336, -0.16836, -0.00311, 0.02072, 0.18958, 0.06852, -0.03459, 0.01863, -0.03791,
    0.0501, -0.12152, -0.03555, 0.05849, 0.07223, 0.02329, -0.00383, -0.08445, 0.05149, 0.06968, -0.14233, -0.00556,
    0.03625, -0.06211, -0.04442, -0.07047, 0.19681, 0.06323, -0.09042, -0.09473, 0.10675, -0.06225, -0.03901, 0.03521,
    -0.12648, -0.12892, -0.22936, 0.01333, 0.24511, 0.05643, -0.13927, 0.0425, -0.03428, -0.01397, 0.06592, 0.08871,
    0.00361, 0.01658, -0.02873, 0.01276, 0.15125, -0.05018, 0.00342, 0.14964, -0.01699, -0.00594, -0.01447, -0.03178,
    -0.00979, 0.00201, -0.0507, 0.03432, 0.04723, -0.04032, -0.01272, 0.07559, -0.12559, 0.07872, 0.02892, 0.00801,
    0.02662, 0.03184, -0.06765, -0.06989, 0.11016, -0.13773, 0.14161, 0.1353, 0.03787, 0.07779, 0.06452, 0.02806,
    -0.04591, 0.00961, -0.16008, -0.02163, 0.10498, -0.04525, 0.04227, 0.00641,
  ],
};
