import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { faceApi } from '../testing/faceApi.mjs';
import { freePorts } from '../testing/freePorts.mjs';
import { until } from '../testing/until.mjs';
import { composeOf, docker, inspect } from './docker.mjs';

/** Long enough for all servers to start on a busy machine. */
const START_MS = 300_000;
/** Maximum number of servers that a test runs at a time. */
const SERVERS = 3;

/** The services of compose.yaml under a project name of their own, with the test's ports, image and key. */
export class Stack {
  #key = randomBytes(16).toString('hex');
  #program;
  #project;
  #image;
  #ports;

  /**
   * @param {{ program: string[], project: string, image: string, ports: number[] }} options
   */
  constructor({ program, project, image, ports }) {
    this.#program = program;
    this.#project = project;
    this.#image = image;
    this.#ports = ports;
  }

  /** @param {{ program: string[], project: string, image: string }} options */
  static async on(options) {
    return new Stack({ ...options, ports: await freePorts(SERVERS) });
  }

  /** @param {number} [servers] */
  #compose(servers = SERVERS) {
    const [first = 0] = this.#ports;
    return composeOf(this.#program, this.#project, {
      KITH_IMAGE: this.#image,
      KITH_PORT: servers === 1 ? String(first) : `${first}-${first + servers - 1}`,
      API_KEY: this.#key,
    });
  }

  /**
   * Starts the services that are not running, from the built image.
   * @param {number} servers
   * @returns {Promise<number>} seconds until all servers were ready
   */
  async up(servers) {
    const started = performance.now();
    await this.#compose(servers).run(['up', '--detach', '--no-build', '--scale', `server=${servers}`], {
      timeoutMs: START_MS,
    });
    await this.ready(servers);
    return (performance.now() - started) / 1000;
  }

  /**
   * Waits until this number of servers is running, and all are ready.
   * @param {number} servers
   * @returns {Promise<number>} seconds
   */
  ready(servers) {
    return until(`${servers} ready server(s)`, START_MS, async () => {
      const apis = await this.servers();
      const states = await Promise.all(apis.map((api) => api.status('/api/ready')));
      return apis.length === servers && states.every((status) => status === 200);
    });
  }

  /** Returns the running servers, one for each published port. */
  async servers() {
    const containers = await Promise.all((await this.containers('server')).map(inspect));
    return containers
      .filter(({ State }) => State.Running)
      .map((container) => {
        const port = container.NetworkSettings.Ports['3000/tcp']?.[0]?.HostPort;
        return { ...faceApi(`http://127.0.0.1:${port}`, this.#key), container: container.Id };
      });
  }

  /** Returns the server, if there is only one. */
  async server() {
    const servers = await this.servers();
    const [server] = servers;
    assert.ok(server && servers.length === 1, `one server is to run, not ${servers.length}`);
    return server;
  }

  /**
   * @param {string} service
   * @returns {Promise<string[]>} ids
   */
  containers(service) {
    return this.#compose().containers(service);
  }

  /** @param {string} service of which there is one container */
  async containerOf(service) {
    const [id] = await this.containers(service);
    assert.ok(id, `${service} has no container`);
    return id;
  }

  /** @param {string[]} args of Compose */
  run(args) {
    return this.#compose(1).run(args, { timeoutMs: START_MS });
  }

  /** Returns everything that the containers printed. */
  logs() {
    return this.#compose().run(['logs', '--no-color']);
  }

  /** Removes the containers, volumes and network. */
  remove() {
    return this.#compose().run(['down', '--volumes', '--remove-orphans', '--timeout', '5'], { timeoutMs: START_MS });
  }

  /**
   * Kills the program of a server, as the kernel does when memory runs out. Docker then restarts its container.
   * @param {string} container
   */
  async killProgram(container) {
    // Process 1 is Docker's init, which cannot be killed from inside. The server is its child.
    const script = `const { readdirSync, readFileSync } = require('fs');
      for (const pid of readdirSync('/proc').filter(Number)) {
        const parent = readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ').at(-1).split(' ')[1];
        if (parent === '1') process.kill(Number(pid), 'SIGKILL');
      }`;
    await docker(['exec', container, 'node', '-e', script]);
  }
}
