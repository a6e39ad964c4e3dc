/** Pictures fetched from one host at a time: before it has answered, once it has, and after it did not. */
const AT_ONCE = { unknown: 2, answering: 8, silent: 1 } as const;
/** A host that was silent this often in a row is left alone. */
const SILENT_AT_MOST = 5;
/** For how long, in milliseconds. */
const LEFT_ALONE_MS = 60_000;
/** Rows at a time of a host that is left alone: none of them takes any time. */
const LEFT_ALONE_AT_ONCE = 1_000;
/** Hosts that are remembered once nothing of them is under way, for having answered or for having been silent. */
const MOST_REMEMBERED = 2_000;

interface Host {
  /** Fetches under way. */
  busy: number;
  hasAnswered: boolean;
  /** Fetches in a row that it did not answer. */
  silent: number;
  /** When the last of them ended. */
  silentAt: number;
}

/**
 * Shares the fetches of an import among hosts, so that a slow or a dead one never holds up the others: few at a time
 * from each, fewest from one that does not answer, and for a while none at all.
 */
export class HostHealth {
  readonly #hosts = new Map<string, Host>();

  /** @param now milliseconds of a clock */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** How many more rows of each host may be begun; of one that is left alone any number, as they end at once. */
  get room(): { known: Record<string, number>; others: number } {
    const known = [...this.#hosts].map(([name, host]) => [
      name,
      this.isLeftAlone(name) ? LEFT_ALONE_AT_ONCE : Math.max(0, atOnce(host) - host.busy),
    ]);
    return { known: Object.fromEntries(known), others: AT_ONCE.unknown };
  }

  /** Whether it was silent so often that asking it again only takes time. */
  isLeftAlone(name: string): boolean {
    const host = this.#hosts.get(name);
    return host !== undefined && host.silent >= SILENT_AT_MOST && this.now() - host.silentAt < LEFT_ALONE_MS;
  }

  /** A row of this host is about to be worked on. */
  begin(name: string): void {
    const host = this.#hosts.get(name) ?? { busy: 0, hasAnswered: false, silent: 0, silentAt: 0 };
    host.busy++;
    // Those that were asked last stand last, and are forgotten last.
    this.#hosts.delete(name);
    this.#hosts.set(name, host);
  }

  /** Its fetch is over. `answer`: whether the host answered, whatever it said; `none` when it was not asked. */
  end(name: string, answer: 'answered' | 'silent' | 'none'): void {
    const host = this.#hosts.get(name);
    if (!host) return;
    host.busy--;
    if (answer === 'answered') Object.assign(host, { hasAnswered: true, silent: 0 });
    if (answer === 'silent') Object.assign(host, { silent: host.silent + 1, silentAt: this.now() });
    if (host.busy === 0 && !host.hasAnswered && host.silent === 0) this.#hosts.delete(name);
    this.#forgetSome();
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

function atOnce({ hasAnswered, silent }: Host): number {
  if (silent > 0) return AT_ONCE.silent;
  return hasAnswered ? AT_ONCE.answering : AT_ONCE.unknown;
}
