import { StepError } from '../prepare/step.mjs';

/**
 * Makes the section "Unreleased" of a changelog the section of a version, and puts an empty one above it.
 * @param {string} changelog
 * @param {string} version
 * @param {string} day YYYY-MM-DD
 * @returns {string}
 * @throws {StepError} when there is nothing to release, or the version has a section already
 */
export function closeUnreleased(changelog, version, day) {
  const heading = '## Unreleased\n';
  const start = changelog.indexOf(heading);
  if (start < 0) throw new StepError('CHANGELOG.md has no section "## Unreleased".');
  if (changelog.includes(`\n## ${version} `)) throw new StepError(`CHANGELOG.md has a section ${version} already.`);
  const next = changelog.indexOf('\n## ', start + heading.length);
  const section = changelog.slice(start + heading.length, next < 0 ? undefined : next);
  if (!/^- /m.test(section)) throw new StepError('CHANGELOG.md says of no change: "Unreleased" is empty.');
  return changelog.replace(heading, `${heading}\n## ${version} - ${day}\n`);
}
