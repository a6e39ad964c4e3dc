import type { CircuitBreaker } from '@/lib/server/images/CircuitBreaker';

/** Maximum number of concurrent fetches per host: before its first response, after one, and while it is silent. */
const AT_ONCE = { unknown: 2, answering: 8, silent: 1 } as const;
/** Maximum number of rows of a host whose circuit is open. They fail at once. */
const OPEN_AT_ONCE = 1_000;
/** Maximum number of hosts that are remembered. */
const MOST_REMEMBERED = 2_000;

interface Host {
  /** Fetches in progress. */
  busy: number;
  hasAnswered: boolean;
}

/**
 * Limits the concurrent fetches of an import per host, so that a slow or dead host does not delay the others. A silent host
 * gets the fewest. While its circuit is open, nothing is fetched from it.
 */
export class HostHealth {
  readonly #hosts = new Map<string, Host>();

  /** @param circuits tells which hosts are silent */
  constructor(private readonly circuits: CircuitBreaker) {}

  /** How many more rows of each host may be started. If its circuit is open, the limit is high, because they fail at once. */
  get room(): { known: Record<string, number>; others: number } {
    const known = [...this.#hosts].map(([name, host]) => [
      name,
      this.circuits.isOpen(name) ? OPEN_AT_ONCE : Math.max(0, this.#atOnce(name, host) - host.busy),
    ]);
    return { known: Object.fromEntries(known), others: AT_ONCE.unknown };
  }

  /** Notes that a row of this host is started. */
  begin(name: string): void {
    const host = this.#hosts.get(name) ?? { busy: 0, hasAnswered: false };
    host.busy++;
    // The hosts used last come last, and are forgotten last.
    this.#hosts.delete(name);
    this.#hosts.set(name, host);
  }

  /** Notes that a fetch has ended. `answered`: the host sent the picture. */
  end(name: string, { answered }: { answered: boolean }): void {
    const host = this.#hosts.get(name);
    if (!host) return;
    host.busy--;
    host.hasAnswered ||= answered;
    if (host.busy === 0 && !host.hasAnswered && !this.circuits.isSilent(name)) this.#hosts.delete(name);
    this.#forgetSome();
  }

  #atOnce(name: string, { hasAnswered }: Host): number {
    if (this.circuits.isSilent(name)) return AT_ONCE.silent;
    return hasAnswered ? AT_ONCE.answering : AT_ONCE.unknown;
  }

  /** Forgets an idle host if there are too many, because a list may name a million hosts. */
  #forgetSome(): void {
    if (this.#hosts.size <= MOST_REMEMBERED) return;
    for (const [name, { busy }] of this.#hosts) {
      if (busy > 0) continue;
      this.#hosts.delete(name);
      return;
    }
  }
}
