import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchFaces } from '@/lib/shared/contract/faces';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { withEveryCall } from './docs/everyCall';
import { ROOT } from './prepare/step.mjs';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const pagesIn = (folder: string, recursive: boolean) =>
  readdirSync(join(ROOT, folder), { recursive, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path));

const PAGES = [...pagesIn('.', false), ...pagesIn('docs', true), ...pagesIn('sdk', false)].sort();

/** Removes code, where brackets are not links and `#` does not begin a heading. */
const prose = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/<!--[\s\S]*?-->/g, '');

/** Returns the ids that GitHub gives the headings of a page. */
function anchors(text: string): string[] {
  const seen = new Map<string, number>();
  return [...prose(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const id = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(id) ?? 0;
    seen.set(id, times + 1);
    return times === 0 ? id : `${id}-${times}`;
  });
}

/** Returns a page's links to other pages, files and headings of this project. */
function links(text: string): string[] {
  const targets = [
    ...prose(text).matchAll(/\]\(([^)\s]+)\)/g),
    ...prose(text).matchAll(/(?:src|srcset|href)="([^"]+)"/g),
  ].map(([, target = '']) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

/** Returns the settings in the first column of a table. */
function settingsOf(text: string): string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/[A-Z_]+/g)].map(([name]) => name)).sort();
}

describe('links', () => {
  test('there are pages with links', () => {
    expect(PAGES).toContain('README.md');
    expect(links(read('README.md'))).toContain('docs/api.md');
  });

  test.each(PAGES)('%s leads to pages and headings that exist', (page) => {
    const broken = links(read(page)).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchors(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe('README.md', () => {
  const readme = read('README.md');

  test('has fewer than 900 words without code and tables', () => {
    const words = prose(readme)
      .split('\n')
      .filter((line) => !line.startsWith('|'))
      .join('\n')
      .split(/\s+/)
      .filter(Boolean);
    expect(words.length).toBeGreaterThan(300);
    expect(words.length).toBeLessThan(900);
  });

  test('shows an answer as the contract describes it', () => {
    const answer = JSON.parse(/contract\. -->\n```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '');
    expect(answer.faces).toHaveLength(1);
    expect(matchFaces.answer.parse(answer)).toEqual(answer);
  });
});

test('docs/api.md has every call as the contract describes it (npm run docs:api)', () => {
  const page = read('docs/api.md');
  expect(withEveryCall(page)).toBe(page);
  for (const { method, path, id } of OPERATIONS) expect(page, id).toContain(`\`${method.toUpperCase()} ${path}\``);
  expect(() => withEveryCall('# The API')).toThrow('needs the lines');
});

describe('settings', () => {
  const documented = settingsOf(read('docs/settings.md'));

  test('docs/settings.md has every setting that the server reads', () => {
    const source = read('lib/server/platform/env.ts');
    const names = new Set([...source.matchAll(/^ {4}([A-Z_]+):/gm)].map(([, name = '']) => name));
    // The platform sets both of these.
    names.delete('NODE_ENV');
    names.delete('VERCEL');
    expect(documented).toEqual([...names].sort());
  });

  test('.env.example has every setting, and sets none', () => {
    const lines = read('.env.example').split('\n');
    const names = lines.flatMap((line) => /^# ([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(names.sort()).toEqual(documented);
    expect(lines.filter((line) => line !== '' && !line.startsWith('# '))).toEqual([]);
  });
});
