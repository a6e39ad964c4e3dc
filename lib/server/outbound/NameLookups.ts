import type { LookupAddress } from 'node:dns';

/**
 * Lookups at a time, of libuv's four threads, which decode pictures too. A name whose server does not respond holds one
 * for half a minute.
 */
const AT_ONCE = 2;
/** Lookups at a time of one owner. */
const OF_ONE = 1;

interface Question {
  owner: string;
  hostname: string;
  answer: Promise<LookupAddress[]>;
  begin: () => void;
  begun: boolean;
  /** The callers that wait for the result. */
  callers: number;
}

/** The lookup timed out. */
export class LookupTimeout extends Error {
  /** @param begun whether the name was being looked up; else its turn had not come */
  constructor(readonly begun: boolean) {
    super('the name was not looked up in time');
  }
}

export interface LookupOptions {
  hostname: string;
  /** Who asks: a key, a device or a user. */
  owner: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Looks up names, with a limit in all and a smaller one for each owner. Slow names then hold up neither the decoding of
 * pictures nor the names of others. A name that is already being looked up is not looked up twice.
 */
export class NameLookups {
  /** By owner and name, in order of arrival. */
  readonly #questions = new Map<string, Question>();

  /** @param lookUp as the system does */
  constructor(private readonly lookUp: (hostname: string) => Promise<LookupAddress[]>) {}

  /** @throws LookupTimeout, `signal.reason`, or what the system says of the name */
  async find({ hostname, owner, timeoutMs, signal }: LookupOptions): Promise<LookupAddress[]> {
    signal.throwIfAborted();
    const question = this.#question(owner, hostname);
    question.callers++;
    this.#beginSome();
    let timer: NodeJS.Timeout | undefined;
    let stop = () => {};
    const given = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      timer = setTimeout(() => reject(new LookupTimeout(question.begun)), timeoutMs);
    });
    try {
      return await Promise.race([question.answer, given]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      question.callers--;
    }
  }

  #question(owner: string, hostname: string): Question {
    const key = JSON.stringify([owner, hostname]);
    const same = this.#questions.get(key);
    if (same) return same;
    const { promise, resolve } = turn();
    const question: Question = {
      owner,
      hostname,
      answer: promise
        .then(() => this.lookUp(hostname))
        .finally(() => {
          this.#questions.delete(key);
          this.#beginSome();
        }),
      begin: resolve,
      begun: false,
      callers: 0,
    };
    question.answer.catch(() => undefined);
    this.#questions.set(key, question);
    return question;
  }

  #beginSome(): void {
    for (const [key, question] of this.#questions) {
      if (question.begun) continue;
      const running = [...this.#questions.values()].filter(({ begun }) => begun);
      if (running.length >= AT_ONCE) return;
      // The caller has given up.
      if (question.callers === 0) this.#questions.delete(key);
      else if (running.filter(({ owner }) => owner === question.owner).length < OF_ONE) {
        question.begun = true;
        question.begin();
      }
    }
  }
}

function turn(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((yes) => {
    resolve = yes;
  });
  return { promise, resolve };
}
