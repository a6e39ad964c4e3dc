import { processWide } from '@/lib/server/platform/processWide';
import { KithError } from '@/lib/shared/contract/errors';

/** A host that was silent this often in a row is not asked. */
const SILENT_AT_MOST = 5;
/** For how long, in milliseconds; then one request tries whether it answers. */
const OPEN_MS = 60_000;
/** Silent hosts that one owner's breaker remembers. */
const MOST_HOSTS = 2_000;
/** Owners whose breakers are remembered. */
const MOST_OWNERS = 1_000;

interface SilentHost {
  /** Fetches in a row that it did not answer. */
  silent: number;
  /** When the last of them ended. */
  since: number;
  /** What it was: refused or broken off, or too slow. */
  code: 'IMAGE_HOST_FAILED' | 'IMAGE_HOST_TIMEOUT';
  /** A fetch tries whether it answers again. */
  trying: boolean;
}

/**
 * Leaves hosts alone that did not answer several times in a row (a circuit breaker): asking them again holds a place for
 * fifteen seconds and ends as before. After a minute one request tries; its answer closes the circuit.
 *
 * Each owner has one of its own ({@link circuitsOf}): with addresses that never answer at a host that serves others
 * well, somebody spoils that host for themselves only.
 */
export class CircuitBreaker {
  /** Those that answer are not in it. */
  readonly #hosts = new Map<string, SilentHost>();

  /** @param now milliseconds of a clock */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Whether it was silent so often that asking it again only takes time. */
  isOpen(name: string): boolean {
    return this.#opensIn(this.#hosts.get(name)) > 0;
  }

  /** Whether it did not answer the last time. */
  isSilent(name: string): boolean {
    return this.#hosts.has(name);
  }

  /**
   * Fetches from the host, and notes whether it answered.
   * @throws KithError IMAGE_HOST_FAILED or IMAGE_HOST_TIMEOUT, with the seconds to wait, where the circuit is open; and
   *   what `fetch` throws
   */
  async run<T>(name: string, fetch: () => Promise<T>): Promise<T> {
    const host = this.#hosts.get(name);
    if (host) this.#admit(name, host);
    try {
      const result = await fetch();
      this.note(name, 'answered');
      return result;
    } catch (error) {
      const said = whatItSaid(error);
      if (said === null) this.#stopTrying(name);
      else this.note(name, said);
      throw error;
    }
  }

  /** A fetch is over. */
  note(name: string, said: 'answered' | SilentHost['code']): void {
    if (said === 'answered') {
      this.#hosts.delete(name);
      return;
    }
    const silent = (this.#hosts.get(name)?.silent ?? 0) + 1;
    // Those that were asked last stand last, and are forgotten last.
    this.#hosts.delete(name);
    this.#hosts.set(name, { silent, since: this.now(), code: said, trying: false });
    forgetFirst(this.#hosts, MOST_HOSTS);
  }

  #admit(name: string, host: SilentHost): void {
    const opensIn = this.#opensIn(host);
    if (opensIn <= 0 && !host.trying) {
      host.trying = host.silent >= SILENT_AT_MOST;
      return;
    }
    throw new KithError(
      host.code,
      `image_url: ${name} did not answer several times in a row, and was not asked again. Try it later.`,
      { retryAfterSeconds: Math.max(1, Math.ceil(opensIn / 1000)) },
    );
  }

  #stopTrying(name: string): void {
    const host = this.#hosts.get(name);
    if (host) host.trying = false;
  }

  /** Milliseconds until it may be asked again. */
  #opensIn(host: SilentHost | undefined): number {
    if (host === undefined || host.silent < SILENT_AT_MOST) return 0;
    return host.since + OPEN_MS - this.now();
  }
}

/** What an error says of the host; null when it says nothing, because the host was not asked or the caller hung up. */
function whatItSaid(error: unknown): 'answered' | SilentHost['code'] | null {
  if (!(error instanceof KithError)) return null;
  if (error.code === 'IMAGE_HOST_TIMEOUT') return error.code;
  // With a status that is no success it has answered; what broke underneath is the cause.
  if (error.code === 'IMAGE_HOST_FAILED') return error.cause === undefined ? 'answered' : error.code;
  return error.code === 'IMAGE_TOO_LARGE' ? 'answered' : null;
}

/** The breaker of an owner: who asked for the pictures, a key, a device, a user or an import. */
export function circuitsOf(owner: string): CircuitBreaker {
  const owners = processWide('circuits', () => new Map<string, CircuitBreaker>());
  const circuits = owners.get(owner) ?? new CircuitBreaker();
  owners.delete(owner);
  owners.set(owner, circuits);
  forgetFirst(owners, MOST_OWNERS);
  return circuits;
}

function forgetFirst(map: Map<string, unknown>, most: number): void {
  if (map.size <= most) return;
  for (const name of map.keys()) {
    map.delete(name);
    return;
  }
}
