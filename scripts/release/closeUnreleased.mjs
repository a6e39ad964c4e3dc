import { StepError } from '../prepare/step.mjs';

/**
 * Turns the changelog's section "Unreleased" into the section of a version, and adds an empty "Unreleased" above it.
 * @param {string} changelog
 * @param {string} version
 * @param {string} day YYYY-MM-DD
 * @returns {string}
 * @throws {StepError} if there is nothing to release, or the version already has a section
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
