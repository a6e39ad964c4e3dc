import type { CDPSession, Page } from 'playwright';

/** The page's thread or one of its workers, through the DevTools protocol. */
export interface Thread {
  /** @returns the result of the method. @throws Error with the protocol's error */
  send(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>;
}

interface Answer {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/**
 * Returns the page and its dedicated workers. Playwright's sessions reach only the page, so messages to workers go
 * through it.
 */
export async function threadsOf(page: Page): Promise<Thread[]> {
  const session = await page.context().newCDPSession(page);
  const workers: Thread[] = [];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.push(throughPage(session, sessionId));
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const thread: Thread = { send: (method, params) => session.send(method as 'Runtime.enable', params as undefined) };
  return [thread, ...workers];
}

function throughPage(session: CDPSession, sessionId: string): Thread {
  let last = 0;
  const pending = new Map<number, (answer: Answer) => void>();
  session.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    const answer: Answer = JSON.parse(event.message);
    pending.get(answer.id ?? -1)?.(answer);
    pending.delete(answer.id ?? -1);
  });
  return {
    async send(method, params = {}) {
      const id = ++last;
      const answered = new Promise<Answer>((resolve) => pending.set(id, resolve));
      await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
      const { result, error } = await answered;
      if (error) throw new Error(`${method}: ${error.message}`);
      return result ?? {};
    },
  };
}
