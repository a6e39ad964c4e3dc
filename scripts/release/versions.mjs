import { StepError } from '../prepare/step.mjs';

/**
 * Files that contain the version, and the places in each. A missing place is an error, so that none is forgotten.
 * @type {{ file: string, places: ((version: string) => [before: string, after: string])[] }[]}
 */
export const VERSIONED = [
  { file: 'package.json', places: [(version) => ['"name": "kith",\n  "version": "', `${version}"`]] },
  { file: 'cli/package.json', places: [(version) => ['"name": "@kith/cli",\n  "version": "', `${version}"`]] },
  { file: 'sdk/package.json', places: [(version) => ['"name": "@kith/sdk",\n  "version": "', `${version}"`]] },
  {
    file: 'package-lock.json',
    places: [
      (version) => ['{\n  "name": "kith",\n  "version": "', `${version}"`],
      (version) => ['"": {\n      "name": "kith",\n      "version": "', `${version}"`],
      (version) => ['"cli": {\n      "name": "@kith/cli",\n      "version": "', `${version}"`],
      (version) => ['"sdk": {\n      "name": "@kith/sdk",\n      "version": "', `${version}"`],
    ],
  },
  {
    file: 'docs/cli.md',
    places: [(version) => ['# kith-cli-', `${version}.tgz`], (version) => ['./kith-cli-', `${version}.tgz`]],
  },
  { file: 'docs/sdk.md', places: [(version) => ['kith-sdk-', `${version}.tgz`]] },
  { file: 'Dockerfile', places: [(version) => ['org.opencontainers.image.version="', `${version}"`]] },
];

/**
 * @param {string} version
 * @returns {number[]} major, minor, patch
 * @throws {StepError} if it is not three numbers
 */
export function parseVersion(version) {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  if (!match) throw new StepError(`"${version}" is no version. Example: npm run release -- 0.2.0`);
  return match.slice(1).map(Number);
}

/**
 * @param {string} version
 * @param {string} than
 * @returns {boolean}
 */
export function isNewer(version, than) {
  const [a, b] = [parseVersion(version), parseVersion(than)];
  const differs = a.findIndex((number, index) => number !== b[index]);
  return differs >= 0 && Number(a[differs]) > Number(b[differs]);
}

/**
 * Replaces the version in the text of a file.
 * @param {string} text
 * @param {(typeof VERSIONED)[number]} entry
 * @param {string} from
 * @param {string} to
 * @returns {string}
 * @throws {StepError} if a place does not contain the version `from`
 */
export function rewrite(text, { file, places }, from, to) {
  return places.reduce((written, place) => {
    const [before, old] = place(from);
    if (!written.includes(before + old)) throw new StepError(`${file} does not have ${JSON.stringify(before + old)}.`);
    return written.replace(before + old, () => before + place(to)[1]);
  }, text);
}
