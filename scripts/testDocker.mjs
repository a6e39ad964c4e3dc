/**
 * `npm run test:docker`: builds the image and runs compose.yaml with the installed Docker. It then enrols, matches,
 * kills the database and the server, restarts, and scales to three servers. It ends with the line "N passed, N failed".
 * Everything it starts has a project name of its own and is removed at the end. The time limit is 45 minutes.
 *
 *    DOCKER             the program `docker`
 *    COMPOSE            "docker compose" or "docker-compose"; by default, the first one that works
 *    DOCKER_BUILD_ARGS  additional arguments of `docker build`, such as "--network host"
 *    IMAGE              an existing image, instead of building one
 */
import assert from 'node:assert/strict';
import { docker, findDocker, inspect } from './dockerTest/docker.mjs';
import { Stack } from './dockerTest/Stack.mjs';
import { ensureInstalled } from './prepare/install.mjs';
import { main } from './prepare/main.mjs';
import { matchesFranck, PEOPLE } from './testing/people.mjs';
import { Report } from './testing/Report.mjs';
import { until } from './testing/until.mjs';

const BUILD_MS = 25 * 60_000;
const WHOLE_MS = 45 * 60_000;
/** A server on PostgreSQL that recognises with two threads takes about 500 MB; see docs/operations.md. */
const MEMORY_MB = 900;

const name = `kith-test-${process.pid}`;
const image = process.env.IMAGE || name;
const report = new Report();
/** @type {Stack | undefined} */
let stack;

await main(async () => {
  // The photos come from npm packages.
  await ensureInstalled();
  const { docker: version, compose, program } = await findDocker();
  console.log(`\n• Docker ${version}, ${compose}`);
  stack = await Stack.on({ program, project: name, image });
  const late = setTimeout(() => stop(`The tests did not end within ${WHOLE_MS / 60_000} minutes.`), WHOLE_MS);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(`Ended by ${signal}.`));
  try {
    const built = image !== name || (await report.check('the image builds', buildImage));
    if (built) await testStack(stack);
  } finally {
    clearTimeout(late);
    await cleanUp(stack);
  }
  return report.close();
});

/** @param {Stack} stack */
async function testStack(stack) {
  if (!(await report.check('compose.yaml starts a ready server', () => starts(stack)))) {
    console.error(await stack.logs().catch((error) => error.message));
    return;
  }
  await report.check('the server is not root, has no capability and can gain none', () => isNotRoot(stack));
  await report.check('the file system is read-only', () => isReadOnly(stack));
  await report.check('pages and their scripts come with the image', () => servesPages(stack));
  await report.check('a person is enrolled and recognised in another photo', () => recognises(stack));
  await report.check(`the server keeps below ${MEMORY_MB} MB`, () => keepsMemory(stack));
  await report.check('a killed server comes back by itself', () => survivesKill(stack));
  await report.check('a killed database is reported, and used again when it is back', () => survivesDatabase(stack));
  await report.check('everything is there after a restart', () => restarts(stack));
  await report.check('everything is there after down and up', () => comesUpAgain(stack));
  await report.check('three servers on one database know the same people', () => scales(stack));
  await report.check('all servers stop in time, with exit code 0', () => stops(stack));
  await report.check('no server was refused a file', () => hasCleanLogs(stack));
}

async function buildImage() {
  const more = (process.env.DOCKER_BUILD_ARGS ?? '').split(' ').filter(Boolean);
  // Docker 20 includes BuildKit, but does not use it by default.
  const env = { DOCKER_BUILDKIT: process.env.DOCKER_BUILDKIT ?? '1' };
  await docker(['build', '--tag', name, ...more, '.'], { env, timeoutMs: BUILD_MS });
  const { Size, Architecture } = await inspect(name);
  return `${Math.round(Size / 1e6)} MB, ${Architecture}`;
}

/** @param {Stack} stack */
async function starts(stack) {
  const seconds = await stack.up(1);
  const { container } = await stack.server();
  await until('the health check', 60_000, async () => (await inspect(container)).State.Health.Status === 'healthy');
  assert.match(await stack.logs(), /\/setup\?token=/, 'the one-time link is printed');
  return `ready after ${seconds.toFixed(1)} s`;
}

/** @param {Stack} stack */
async function isNotRoot(stack) {
  const { container } = await stack.server();
  assert.equal(await docker(['exec', container, 'id', '-u']), '1000');
  const status = await docker(['exec', container, 'cat', '/proc/1/status']);
  for (const line of ['Uid:\t1000\t1000\t1000\t1000', 'CapEff:\t0000000000000000', 'NoNewPrivs:\t1']) {
    assert.ok(status.includes(line), `/proc/1/status has no "${line}"`);
  }
  assert.match(status, /CapBnd:\t0{16}/);
}

/** @param {Stack} stack */
async function isReadOnly(stack) {
  const { container } = await stack.server();
  assert.equal((await inspect(container)).HostConfig.ReadonlyRootfs, true);
  const write = (/** @type {string} */ folder) =>
    docker(['exec', container, 'node', '-e', `fs.writeFileSync('${folder}/probe', '')`]);
  for (const folder of ['/app', '/app/.next', '/home/node', '/usr']) {
    await assert.rejects(write(folder), /EROFS|EACCES/, `${folder} can be written to`);
  }
  await write('/tmp');
  await write('/data');
}

/** @param {Stack} stack */
async function servesPages(stack) {
  const { url } = await stack.server();
  const login = await (await fetch(`${url}/login`)).text();
  const script = /"(\/_next\/static\/[^"]*)"/.exec(login)?.[1];
  assert.ok(script, '/login names a script');
  for (const path of [script, '/scan', '/scan.webmanifest', '/serwist/sw.js', '/api/openapi.json']) {
    assert.equal((await fetch(url + path)).status, 200, path);
  }
}

/** @param {Stack} stack */
async function recognises(stack) {
  const server = await stack.server();
  const { status, body } = await server.enrol(PEOPLE.franck.enrolled, 'Franck');
  assert.equal(status, 200, JSON.stringify(body));
  const trust = await matchesFranck(server);
  const stranger = await server.match(PEOPLE.cage.enrolled);
  assert.equal(stranger.body.faces?.[0]?.person, null, 'a stranger is unknown');
  return `trust ${trust}`;
}

/** @param {Stack} stack */
async function keepsMemory(stack) {
  const server = await stack.server();
  const started = performance.now();
  const matches = 40;
  for (let done = 0; done < matches; done += 4) {
    await Promise.all(Array.from({ length: 4 }, () => matchesFranck(server)));
  }
  const perSecond = matches / ((performance.now() - started) / 1000);
  // The sum of the resident pages of all processes. It is read in the container, because the files of control groups
  // differ between versions.
  const pages = await docker([
    ...['exec', server.container, 'node', '-e'],
    `let kb = 0;
     for (const pid of fs.readdirSync('/proc').filter(Number)) {
       if (Number(pid) === process.pid) continue;
       try { kb += Number(/VmRSS:\\s+(\\d+)/.exec(fs.readFileSync('/proc/' + pid + '/status', 'utf8'))?.[1] ?? 0); } catch {}
     }
     console.log(kb);`,
  ]);
  const megabytes = Math.round(Number(pages) / 1024);
  assert.ok(megabytes > 50 && megabytes < MEMORY_MB, `${megabytes} MB`);
  return `${megabytes} MB after ${matches} matches, ${perSecond.toFixed(1)} matches a second`;
}

/** @param {Stack} stack */
async function survivesKill(stack) {
  const { container } = await stack.server();
  const before = (await inspect(container)).RestartCount;
  await stack.killProgram(container);
  await until('its restart', 60_000, async () => (await inspect(container)).RestartCount > before);
  const seconds = await stack.ready(1);
  await matchesFranck(await stack.server());
  return `ready again after ${seconds.toFixed(1)} s`;
}

/** @param {Stack} stack */
async function survivesDatabase(stack) {
  const server = await stack.server();
  const before = await inspect(server.container);
  const { status } = await server.enrol(PEOPLE.cage.enrolled, 'Cage');
  assert.equal(status, 200);
  // The database is killed at once, so all acknowledged writes must be in the log that PostgreSQL replays.
  const database = await stack.containerOf('database');
  await docker(['kill', '--signal', 'KILL', database]);
  const asked = performance.now();
  const { status: refused, body } = await server.enrol(PEOPLE.franck.shown, 'Franck');
  const seconds = (performance.now() - asked) / 1000;
  assert.ok(seconds < 10, `a call was answered after ${seconds} s`);
  assert.deepEqual([refused, body.error_type], [503, 4002]);
  assert.equal(await server.status('/api/ready'), 503);
  await docker(['start', database]);
  const back = await stack.ready(1);
  await matchesFranck(server);
  const { body: found } = await server.match(PEOPLE.cage.shown);
  assert.equal(found.faces?.[0]?.person?.name, 'Cage', 'what was acknowledged is still there');
  const after = await inspect(server.container);
  assert.equal(after.State.StartedAt, before.State.StartedAt, 'the server went on');
  return `refused after ${seconds.toFixed(1)} s, ready ${back.toFixed(1)} s after the database started`;
}

/** @param {Stack} stack */
async function restarts(stack) {
  await stack.run(['restart', '--timeout', '15']);
  await stack.ready(1);
  await matchesFranck(await stack.server());
}

/** @param {Stack} stack */
async function comesUpAgain(stack) {
  await stack.run(['down', '--timeout', '15']);
  assert.deepEqual(await stack.containers('server'), []);
  const seconds = await stack.up(1);
  await matchesFranck(await stack.server());
  return `ready after ${seconds.toFixed(1)} s`;
}

/** @param {Stack} stack */
async function scales(stack) {
  const seconds = await stack.up(3);
  const [one, ...others] = await stack.servers();
  assert.ok(one && others.length === 2);
  const { body } = await one.enrol(PEOPLE.audrey.enrolled, 'Audrey');
  assert.ok(body.face_id, JSON.stringify(body));
  for (const server of others) {
    const { body } = await server.match(PEOPLE.audrey.shown);
    assert.equal(body.faces?.[0]?.person?.name, 'Audrey', 'another server knows her at once');
  }
  await Promise.all([one, ...others].map(matchesFranck));
  return `ready after ${seconds.toFixed(1)} s`;
}

/** @param {Stack} stack */
async function stops(stack) {
  const started = performance.now();
  await stack.run(['stop', '--timeout', '15']);
  const seconds = (performance.now() - started) / 1000;
  for (const id of await stack.containers('server')) assert.equal((await inspect(id)).State.ExitCode, 0);
  return `${seconds.toFixed(1)} s`;
}

/** @param {Stack} stack */
async function hasCleanLogs(stack) {
  const lines = (await stack.logs()).split('\n');
  assert.deepEqual(
    lines.filter((line) => /EROFS|EACCES|EPERM/.test(line)),
    [],
  );
}

/** @param {Stack} stack */
async function cleanUp(stack) {
  await stack.remove().catch((error) => console.error(error.message));
  if (image === name) await docker(['image', 'rm', '--force', name]).catch(() => undefined);
}

/** @param {string} reason */
async function stop(reason) {
  console.error(`\n${reason}`);
  report.failed++;
  if (stack) await cleanUp(stack);
  process.exit(report.close());
}
