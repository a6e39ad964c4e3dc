import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../prepare/step.mjs';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Update {
  'package-ecosystem': string;
  directory?: string;
  directories?: string[];
  ignore?: { 'dependency-name': string; 'update-types'?: string[] }[];
}

const { updates } = parse(read('.github/dependabot.yml')) as { updates: Update[] };

test('dependabot leaves alone what is pinned by hand, and names packages that exist', () => {
  const npm = updates.find((update) => update['package-ecosystem'] === 'npm');
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const all: Record<string, string> = { ...dependencies, ...devDependencies };
  const held = (npm?.ignore ?? []).filter((entry) => !entry['update-types']).map((entry) => entry['dependency-name']);
  expect(held).toEqual(['next', 'tailwindcss', '@tailwindcss/postcss']);
  for (const { 'dependency-name': name } of npm?.ignore ?? []) expect(all[name], name).toMatch(/^\d+\.\d+\.\d+$/);
  // These packages are two halves of one program. If only one is updated, the build fails.
  expect(all['@tailwindcss/postcss']).toBe(all.tailwindcss);
});

test('dependabot looks where workflows and actions are', () => {
  const actions = updates.find((update) => update['package-ecosystem'] === 'github-actions');
  const own = readdirSync(join(ROOT, '.github/actions')).map((name) => `/.github/actions/${name}`);
  expect(actions?.directories).toEqual(['/', ...own]);
  for (const folder of own) expect(existsSync(join(ROOT, folder, 'action.yml')), folder).toBe(true);
});

test('each form for an issue has fields with labels and ids of their own', () => {
  const forms = readdirSync(join(ROOT, '.github/ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml');
  expect(forms.length).toBeGreaterThan(1);
  for (const form of forms) {
    const { name, description, body } = parse(read(`.github/ISSUE_TEMPLATE/${form}`));
    expect([name, description], form).toEqual([expect.any(String), expect.any(String)]);
    const fields = body.filter(({ type }: { type: string }) => type !== 'markdown');
    const ids = fields.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size, form).toBe(fields.length);
    for (const { attributes } of fields) expect(attributes.label, form).toEqual(expect.any(String));
  }
});
