import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { closeUnreleased } from './closeUnreleased.mjs';
import { isNewer, parseVersion, rewrite, VERSIONED } from './versions.mjs';

test('what was unreleased belongs to the version', () => {
  const before = '# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.1.0 - 2026-11-30\n\n- The first.\n';
  expect(closeUnreleased(before, '0.2.0', '2026-12-24')).toBe(
    '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-24\n\n### Added\n\n- A thing.\n\n## 0.1.0 - 2026-11-30\n\n- The first.\n',
  );
});

test('a release without a change, and a second one of the same version, are refused', () => {
  const empty = '# Changelog\n\n## Unreleased\n\n## 0.1.0 - 2026-11-30\n\n- The first.\n';
  expect(() => closeUnreleased(empty, '0.2.0', '2026-12-24')).toThrow('"Unreleased" is empty');
  expect(() => closeUnreleased(empty.replace('ed\n', 'ed\n\n- A.\n'), '0.1.0', '2026-12-24')).toThrow('0.1.0 already');
  expect(() => closeUnreleased('# Changelog\n', '0.2.0', '2026-12-24')).toThrow('no section');
});

test('versions are three numbers, compared as numbers', () => {
  expect(isNewer('0.10.0', '0.9.9')).toBe(true);
  expect(isNewer('0.1.0', '0.1.0')).toBe(false);
  expect(isNewer('0.1.9', '0.2.0')).toBe(false);
  for (const wrong of ['', '1', 'v1.2.3', '1.2.3-beta']) expect(() => parseVersion(wrong)).toThrow('is no version');
});

test.each(VERSIONED)('$file names the version of package.json at each of its places', (entry) => {
  const text = readFileSync(entry.file, 'utf8');
  const written = rewrite(text, entry, packageJson.version, '9.8.7');
  expect(written.split('9.8.7').length - 1).toBe(entry.places.length);
  expect(rewrite(written, entry, '9.8.7', packageJson.version)).toBe(text);
});
