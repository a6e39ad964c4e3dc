import { processWide } from '@/lib/server/platform/processWide';
import { KithError } from '@/lib/shared/contract/errors';

/** Number of fetches without an answer in a row after which the circuit opens. */
const SILENT_AT_MOST = 5;
/** How long the circuit stays open, ms. Then one request tries the host again. */
const OPEN_MS = 60_000;
/** Maximum number of silent hosts that one owner's breaker remembers. */
const MOST_HOSTS = 2_000;
/** Maximum number of owners whose breakers are remembered. */
const MOST_OWNERS = 1_000;

interface SilentHost {
  /** Number of fetches in a row without an answer. */
  silent: number;
  /** When the last of them ended. */
  since: number;
  /** Error of the last one: refused or broken off, or too slow. */
  code: 'IMAGE_HOST_FAILED' | 'IMAGE_HOST_TIMEOUT';
  /** Whether a fetch is trying the host again. */
  trying: boolean;
}

/**
 * A circuit breaker for hosts that did not answer several times in a row: each further request would hold a place for
 * fifteen seconds and then fail too. After a minute one request tries again. If the host answers, the circuit closes.
 *
 * Each owner has its own breaker ({@link circuitsOf}). An owner whose URLs never get an answer from a host blocks that
 * host only for itself.
 */
export class CircuitBreaker {
  /** Contains only hosts that did not answer the last time. */
  readonly #hosts = new Map<string, SilentHost>();

  /** @param now returns the milliseconds of a clock */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Returns whether the circuit of the host is open. */
  isOpen(name: string): boolean {
    return this.#opensIn(this.#hosts.get(name)) > 0;
  }

  /** Returns whether the host did not answer the last time. */
  isSilent(name: string): boolean {
    return this.#hosts.has(name);
  }

  /**
   * Fetches from the host, and records whether it answered.
   * @throws KithError IMAGE_HOST_FAILED or IMAGE_HOST_TIMEOUT, with the seconds to wait, if the circuit is open; and
   * the error of `fetch`
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

  /** Records the end of a fetch. */
  note(name: string, said: 'answered' | SilentHost['code']): void {
    if (said === 'answered') {
      this.#hosts.delete(name);
      return;
    }
    const silent = (this.#hosts.get(name)?.silent ?? 0) + 1;
    // The hosts used last come last, and are forgotten last.
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

  /** Returns the milliseconds until the host may be tried again. */
  #opensIn(host: SilentHost | undefined): number {
    if (host === undefined || host.silent < SILENT_AT_MOST) return 0;
    return host.since + OPEN_MS - this.now();
  }
}

/**
 * Returns what an error says about the host; null if it says nothing, because no request was sent or the caller
 * disconnected.
 */
function whatItSaid(error: unknown): 'answered' | SilentHost['code'] | null {
  if (!(error instanceof KithError)) return null;
  if (error.code === 'IMAGE_HOST_TIMEOUT') return error.code;
  // A host that returned an error status has answered. Errors of the connection have a cause.
  if (error.code === 'IMAGE_HOST_FAILED') return error.cause === undefined ? 'answered' : error.code;
  return error.code === 'IMAGE_TOO_LARGE' ? 'answered' : null;
}

/** Returns the breaker of an owner: the key, device, user or import that requests the pictures. */
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
