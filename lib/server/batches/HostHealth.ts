import type { CircuitBreaker } from '@/lib/server/images/CircuitBreaker';

/** Pictures fetched from one host at a time: before it has answered, once it has, and after it did not. */
const AT_ONCE = { unknown: 2, answering: 8, silent: 1 } as const;
/** Rows at a time of a host whose circuit is open: none of them takes any time. */
const OPEN_AT_ONCE = 1_000;
/** Hosts that are remembered once nothing of them is under way, for having answered. */
const MOST_REMEMBERED = 2_000;

interface Host {
  /** Fetches under way. */
  busy: number;
  hasAnswered: boolean;
}

/**
 * Shares the fetches of an import among hosts, so that a slow or a dead one never holds up the others: few at a time
 * from each, fewest from one that does not answer, and for a while none at all.
 */
export class HostHealth {
  readonly #hosts = new Map<string, Host>();

  /** @param circuits knows which hosts are silent */
  constructor(private readonly circuits: CircuitBreaker) {}

  /** How many more rows of each host may be begun; of one whose circuit is open any number, as they end at once. */
  get room(): { known: Record<string, number>; others: number } {
    const known = [...this.#hosts].map(([name, host]) => [
      name,
      this.circuits.isOpen(name) ? OPEN_AT_ONCE : Math.max(0, this.#atOnce(name, host) - host.busy),
    ]);
    return { known: Object.fromEntries(known), others: AT_ONCE.unknown };
  }

  /** A row of this host is about to be worked on. */
  begin(name: string): void {
    const host = this.#hosts.get(name) ?? { busy: 0, hasAnswered: false };
    host.busy++;
    // Those that were asked last stand last, and are forgotten last.
    this.#hosts.delete(name);
    this.#hosts.set(name, host);
  }

  /** Its fetch is over. `answered`: the host sent what it was asked for. */
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

  /** A list of a million hosts must not fill the memory. */
  #forgetSome(): void {
    if (this.#hosts.size <= MOST_REMEMBERED) return;
    for (const [name, { busy }] of this.#hosts) {
      if (busy > 0) continue;
      this.#hosts.delete(name);
      return;
    }
  }
}
