import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, '.cache');

let folder: string;

beforeAll(async () => {
  await mkdir(CACHE, { recursive: true });
  folder = await mkdtemp(join(CACHE, 'layers-'));
  // The compiler needs the declarations of the other layers that the probes import.
  expect(await tsc('-b', 'lib/server/settings', 'lib/phone')).toBe('');
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function tsc(...args: string[]): Promise<string> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, ...args], { cwd: ROOT, maxBuffer: 1 << 24 }, (_, stdout) => resolve(stdout));
  });
}

/**
 * Compiles lines of code as if they were in a folder of the project, each in a file of its own.
 * @returns the codes of the compiler's errors for each line
 */
async function compileIn(project: string, lines: readonly string[]): Promise<Record<string, string[]>> {
  const { references = [] } = JSON.parse(await readFile(join(ROOT, project, 'tsconfig.json'), 'utf8'));
  const at = await mkdtemp(join(folder, 'probe-'));
  await Promise.all(lines.map((line, index) => writeFile(join(at, `probe${index}.ts`), `${line}\nexport {};\n`)));
  const own = join(ROOT, project, '**');
  await writeFile(
    join(at, 'tsconfig.json'),
    JSON.stringify({
      extends: join(ROOT, project, 'tsconfig.json'),
      include: [join(at, '*.ts'), join(own, '*.ts'), join(ROOT, 'models/browser.json'), join(own, 'calibration.json')],
      exclude: [join(own, '*.test.ts'), join(own, 'testing/**')],
      references: references.map(({ path }: { path: string }) => ({ path: join(ROOT, project, path) })),
    }),
  );
  const output = (await tsc('--noEmit', '-p', at)).split('\n');
  const errorsOf = (index: number) =>
    output
      .filter((line) => line.includes(`probe${index}.ts(`))
      .flatMap((line) => /error (TS\d+)/.exec(line)?.[1] ?? []);
  return Object.fromEntries(lines.map((line, index) => [line, errorsOf(index)]));
}

/** Expects the compiler to accept each line of `takes`, and to refuse each line of `refuses` with one of its codes. */
async function expectIn(project: string, { takes, refuses }: { takes: string[]; refuses: Record<string, string> }) {
  const errors = await compileIn(project, [...takes, ...Object.keys(refuses)]);
  const expected = [
    ...takes.map((line) => [line, []]),
    ...Object.entries(refuses).map(([line, code]) => [line, [code]]),
  ];
  expect(errors).toEqual(Object.fromEntries(expected));
}

/** Error codes for unknown names: 2304; 2584 for names of the DOM; 2580 and 2591 for names of Node.js. */
const UNKNOWN = { any: 'TS2304', dom: 'TS2584', node: 'TS2580', nodeTypes: 'TS2591', guess: 'TS2552' };
/** Error code for a file that is neither in the project nor in one that it references. */
const OUTSIDE = 'TS6307';

test('lib/server has Node.js and no DOM, and imports only what comes before', async () => {
  await expectIn('lib/server/settings', {
    takes: [
      "import { env } from '@/lib/server/platform/env'; env().PORT;",
      "import { readFileSync } from 'node:fs'; readFileSync('x') satisfies Buffer;",
    ],
    refuses: {
      'document.title;': UNKNOWN.dom,
      'window.location;': UNKNOWN.any,
      'localStorage.length;': UNKNOWN.any,
      "export * from '@/lib/server/start/start';": OUTSIDE,
      "export * from '@/lib/server/access/authenticate';": OUTSIDE,
      "export * from '@/lib/phone/store/Vault';": OUTSIDE,
      "export * from '@/cli/program';": OUTSIDE,
    },
  });
}, 120_000);

test('lib/phone has the DOM and no Node.js, and imports nothing of the server', async () => {
  await expectIn('lib/phone', {
    takes: ['document.title + navigator.userAgent;', "import type { Bitmap } from '@/lib/shared/vision/types';"],
    refuses: {
      "Buffer.from('x');": UNKNOWN.nodeTypes,
      'process.cwd();': 'TS2339',
      "require('x');": UNKNOWN.nodeTypes,
      'setImmediate(() => {});': UNKNOWN.any,
      "export * from 'node:fs';": UNKNOWN.nodeTypes,
      "export * from '@/lib/server/platform/env';": OUTSIDE,
    },
  });
}, 120_000);

test('lib/shared has neither', async () => {
  await expectIn('lib/shared', {
    takes: ["new URL('https://kith.example').protocol;"],
    refuses: {
      'document.title;': UNKNOWN.dom,
      'process.env;': UNKNOWN.nodeTypes,
      "Buffer.from('x');": UNKNOWN.nodeTypes,
      "fetch('x');": UNKNOWN.any,
      'localStorage.length;': UNKNOWN.any,
      "export * from '@/lib/server/platform/env';": OUTSIDE,
    },
  });
}, 120_000);

test('scripts, which are JavaScript, are compiled too', async () => {
  const at = await mkdtemp(join(folder, 'probe-'));
  await writeFile(
    join(at, 'probe.mjs'),
    '/** @param {number} port */\nexport const lengthOf = (port) => port.length;\n',
  );
  const project = { extends: join(ROOT, 'scripts/tsconfig.json'), include: [join(at, '*.mjs')] };
  await writeFile(join(at, 'tsconfig.json'), JSON.stringify(project));
  expect(await tsc('-p', at)).toMatch(/probe\.mjs\(2,\d+\): error TS2339/);
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  expect(scripts.types.split(' && ')).toContain('tsc -p scripts');
}, 120_000);
