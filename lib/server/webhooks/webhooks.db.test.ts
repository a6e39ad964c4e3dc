import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '@/db/client';
import { webhookDeliveries, webhooks } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { recordEvents } from '@/lib/server/events/recordEvents';
import { createSample, deleteSample, updateSample } from '@/lib/server/people/samples/store';
import { createPerson, deletePerson } from '@/lib/server/people/store';
import { Budget } from '@/lib/server/platform/jobs/Job';
import { JobRunner } from '@/lib/server/platform/jobs/JobRunner';
import { parseFetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { someSample } from '@/lib/server/testing/sample';
import { WEBHOOK_EVENTS } from '@/lib/shared/contract/webhooks';
import { claimDue } from './claim';
import { listDeliveries, resendDelivery, sendTest } from './deliveries';
import { eraseOldDeliveries } from './eraseOldDeliveries';
import { signedHeaders } from './sign';
import { changeWebhook, createWebhook, deleteWebhook, getWebhook, rotateSecret } from './store';
import { webhooksJob } from './webhooksJob';

interface Received {
  headers: IncomingMessage['headers'];
  text: string;
}

/** A real receiver on loopback: keeps what it got, and answers with the next of `answers`, else 204. */
class Receiver {
  readonly received: Received[] = [];
  readonly answers: { status: number; headers?: Record<string, string>; afterMs?: number }[] = [];
  private readonly server: Server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    this.received.push({ headers: request.headers, text });
    const { status, headers = {}, afterMs = 0 } = this.answers.shift() ?? { status: 204 };
    setTimeout(() => response.writeHead(status, headers).end(), afterMs);
  });

  async open(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
  }
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }
  reset(): void {
    this.received.length = 0;
    this.answers.length = 0;
  }
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

const allow = parseFetchAllow(['127.0.0.1']);
const receiver = new Receiver();
beforeAll(() => receiver.open());
afterAll(() => receiver.close());

describeOnEachDatabase('webhooks', (database) => {
  afterEach(async () => {
    await database().delete(webhooks);
    receiver.reset();
  });

  const make = (more: Partial<Parameters<typeof createWebhook>[1]> = {}) =>
    createWebhook(database(), { url: receiver.url, events: [...WEBHOOK_EVENTS], includeNames: false, ...more }, allow);
  const run = ({ budgetMs = 20_000, allowed = allow } = {}) =>
    webhooksJob({ db: database(), allow: allowed }).work(new AbortController().signal, new Budget(budgetMs));
  const bodies = () => receiver.received.map(({ text }) => JSON.parse(text));
  const makeDue = (db: Database) => db.update(webhookDeliveries).set({ nextAttemptAt: new Date(0) });
  const logOf = async (webhookId: number) => (await listDeliveries(database(), { webhookId, limit: 50 })).deliveries;

  test('are told of enrolment, replacement, recognition, unknown faces and deletion, by ids alone', async () => {
    const { id } = await make();
    const { faceId, person } = await createSample(
      database(),
      someSample({ uniqueArgs: { user_id: 'w1', user_name: 'Ada' } }),
    );
    await updateSample(database(), faceId, { face: someSample() });
    const personId = person?.id as number;
    const event = { at: new Date('2026-05-01T08:00:00Z'), trust: 91, liveness: 'passed' as const };
    const known = '0b1b3f4e-5a5c-4b6e-9d3a-000000000001';
    await recordEvents(database(), {
      deviceId: null,
      events: [
        { ...event, id: known, faceId, personId },
        { ...event, id: '0b1b3f4e-5a5c-4b6e-9d3a-000000000002', faceId: null, personId: null },
      ],
    });
    await run();
    await deletePerson(database(), personId);
    await run();
    const about = { person_id: personId, user_id: 'w1' };
    const recognition = {
      source: 'device',
      event_id: known,
      at: '2026-05-01T08:00:00.000Z',
      trust: 91,
      liveness: 'passed',
    };
    const sent = bodies();
    expect(sent).toHaveLength(5);
    expect(sent.filter(({ type }) => type === 'enrolment').map(({ data }) => data)).toEqual(
      expect.arrayContaining([
        { face_id: faceId, person: about, replaced: false },
        { face_id: faceId, person: about, replaced: true },
      ]),
    );
    expect(sent.find(({ type }) => type === 'recognition').data).toMatchObject({
      ...recognition,
      face_id: faceId,
      person: about,
    });
    expect(sent.find(({ type }) => type === 'unknown').data).toMatchObject({ face_id: null, person: null });
    expect(sent.find(({ type }) => type === 'deletion').data).toEqual({
      face_ids: [faceId],
      person: { person_id: personId, user_id: null },
    });
    expect(JSON.stringify(sent)).not.toMatch(/Ada|encoding|base64/);
    expect((await logOf(id)).map(({ status }) => status)).toEqual(Array(5).fill('delivered'));
    await expect(getWebhook(database(), id)).resolves.toMatchObject({ waiting: 0, failed: 0 });
  });

  test('carry names only where that was chosen, and never of someone erased since', async () => {
    await make({ includeNames: true, events: ['enrolment'] });
    const { person } = await createSample(
      database(),
      someSample({ uniqueArgs: { user_id: 'w2', user_name: 'Grace' } }),
    );
    expect(JSON.stringify(await database().select().from(webhookDeliveries))).not.toContain('Grace');
    await run();
    expect(bodies()[0].data.person).toEqual({ person_id: person?.id, user_id: 'w2', name: 'Grace' });
    await createSample(database(), someSample({ personId: person?.id }));
    await deletePerson(database(), person?.id as number);
    await run();
    expect(bodies()[1].data.person).toEqual({ person_id: person?.id, user_id: null, name: null });
  });

  test('are told only of what was chosen, and nothing while paused', async () => {
    const deletions = await make({ events: ['deletion'] });
    const paused = await make();
    await changeWebhook(database(), paused.id, { active: false }, allow);
    const { faceId } = await createSample(database(), someSample());
    await deleteSample(database(), faceId);
    expect(await run()).toEqual({ delivered: 1, failed: 0, retrying: 0 });
    expect(bodies()).toMatchObject([{ type: 'deletion', data: { face_ids: [faceId], person: null } }]);
    expect(await logOf(deletions.id)).toHaveLength(1);
    expect(await logOf(paused.id)).toEqual([]);
  });

  test('the outbox stands or falls with what it tells of', async () => {
    const { id } = await make();
    const failing = database().transaction(async (tx) => {
      await createSample(tx, someSample());
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await logOf(id)).toEqual([]);
  });

  test('posts are signed; during a rotation by both secrets', async () => {
    const { id, secret } = await make();
    await sendTest(database(), id, allow);
    const rotated = await rotateSecret(database(), id);
    expect(rotated.secret).not.toBe(secret);
    await sendTest(database(), id, allow);
    const [first, second] = receiver.received;
    const expected = ({ headers, text }: Received, secrets: string[]) =>
      signedHeaders({
        id: String(headers['webhook-id']),
        timestamp: Number(headers['webhook-timestamp']),
        body: text,
        secrets,
      })['webhook-signature'];
    expect(first?.headers['webhook-signature']).toBe(expected(first as Received, [secret]));
    expect(second?.headers['webhook-signature']).toBe(expected(second as Received, [rotated.secret, secret]));
    expect(Math.abs(Number(first?.headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    await database()
      .update(webhooks)
      .set({ previousSecretUntil: new Date(Date.now() - 1) });
    await sendTest(database(), id, allow);
    expect(receiver.received[2]?.headers['webhook-signature']).not.toContain(' ');
  });

  test('a failure is tried again later, under the same id, no earlier than the receiver asks', async () => {
    const { id } = await make();
    receiver.answers.push({ status: 500 }, { status: 503, headers: { 'Retry-After': '7200' } });
    await createSample(database(), someSample());
    const untilNext = async () => {
      const [delivery] = await logOf(id);
      return Math.round(((delivery?.nextAttemptAt.getTime() ?? 0) - Date.now()) / 1000);
    };
    expect(await run()).toEqual({ delivered: 0, failed: 0, retrying: 1 });
    expect(await logOf(id)).toMatchObject([
      { status: 'waiting', attempts: 1, lastStatus: 500, lastError: 'It answered 500.' },
    ]);
    expect(await untilNext()).toBeGreaterThanOrEqual(3);
    expect(await untilNext()).toBeLessThanOrEqual(7);
    expect(await run()).toMatchObject({ retrying: 0 });
    await makeDue(database());
    await run();
    expect(await untilNext()).toBeGreaterThan(7_000);
    await makeDue(database());
    expect(await run()).toEqual({ delivered: 1, failed: 0, retrying: 0 });
    expect(await logOf(id)).toMatchObject([{ status: 'delivered', attempts: 3, lastStatus: 204, lastError: null }]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('after three days it is given up, which the log shows, and can be sent again', async () => {
    const { id } = await make();
    receiver.answers.push({ status: 500 });
    await createSample(database(), someSample());
    await database().update(webhookDeliveries).set({ giveUpAt: new Date() });
    expect(await run()).toEqual({ delivered: 0, failed: 1, retrying: 0 });
    const [delivery] = await logOf(id);
    expect(delivery).toMatchObject({ status: 'failed', lastError: 'It answered 500.' });
    expect(delivery?.finishedAt).toBeInstanceOf(Date);
    await expect(getWebhook(database(), id)).resolves.toMatchObject({ failed: 1 });
    await resendDelivery(database(), { webhookId: id, deliveryId: delivery?.id as string });
    expect(await run()).toMatchObject({ delivered: 1 });
    await expect(
      resendDelivery(database(), { webhookId: id + 1, deliveryId: delivery?.id as string }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('redirects are not followed, and private addresses are refused for good', async () => {
    const { id } = await make();
    receiver.answers.push({ status: 307, headers: { Location: 'http://127.0.0.1:1/' } });
    expect(await sendTest(database(), id, allow)).toMatchObject({ status: 'failed', lastStatus: 307 });
    await createSample(database(), someSample());
    expect(await run({ allowed: [], budgetMs: 5_000 })).toMatchObject({ failed: 1 });
    const [refused] = await logOf(id);
    expect(refused?.lastError).toMatch(/not on the public internet.*FETCH_ALLOW/);
    const at = (url: string) => createWebhook(database(), { url, events: ['deletion'], includeNames: false }, []);
    await expect(at(receiver.url)).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED', details: { field: 'url' } });
    await expect(at('http://localhost/')).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    await expect(at('https://user:pass@example.org/')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(changeWebhook(database(), id, { url: 'http://169.254.169.254/' }, [])).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
    });
  });

  test('several servers at once post each delivery once; one left by a dead server is taken up after its lease', async () => {
    const { id } = await make();
    for (let n = 0; n < 12; n++) await createSample(database(), someSample());
    const runs = await Promise.all([run(), run(), run(), run()]);
    expect(runs.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(12);
    expect(receiver.received).toHaveLength(12);
    await createSample(database(), someSample());
    // Claimed, and never finished.
    expect(await claimDue(database(), id, 4)).toHaveLength(1);
    expect(await run()).toEqual({ delivered: 0, failed: 0, retrying: 0 });
    await makeDue(database());
    expect(await run()).toMatchObject({ delivered: 1 });
    expect((await logOf(id))[0]).toMatchObject({ attempts: 2 });
  });

  test('a slow receiver holds up nobody else, and a run keeps to its time', async () => {
    await make({ events: ['enrolment'] });
    const slow = await make({ url: `${receiver.url}?slow`, events: ['deletion'] });
    const { faceId } = await createSample(database(), someSample());
    await run();
    receiver.answers.push({ status: 200, afterMs: 3_000 });
    await deleteSample(database(), faceId);
    const started = performance.now();
    expect(await run({ budgetMs: 600 })).toMatchObject({ retrying: 1 });
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(await logOf(slow.id)).toMatchObject([{ status: 'waiting', lastStatus: null }]);
  });

  test('a running server posts what comes while a slow receiver is waited for, and stops when it has answered', async () => {
    await make({ events: ['enrolment'] });
    await make({ url: `${receiver.url}?slow`, events: ['deletion'] });
    const { faceId } = await createSample(database(), someSample());
    await run();
    receiver.answers.push({ status: 200, afterMs: 3_000 });
    await deleteSample(database(), faceId);
    const runner = new JobRunner();
    runner.start(webhooksJob({ db: database(), allow }));
    await expect.poll(() => receiver.received.length).toBe(2);
    await createSample(database(), someSample());
    const written = performance.now();
    runner.wake('webhooks');
    await expect.poll(() => receiver.received.length, { interval: 20 }).toBe(3);
    expect(performance.now() - written).toBeLessThan(1_500);
    await runner.stop();
    expect(performance.now() - written).toBeGreaterThan(1_500);
    const waiting = eq(webhookDeliveries.status, 'waiting');
    expect(await database().select().from(webhookDeliveries).where(waiting)).toEqual([]);
  });

  test('the log is paged and filtered, and forgets finished deliveries after a month', async () => {
    const { id } = await make();
    for (let n = 0; n < 5; n++) await createSample(database(), someSample());
    await run();
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listDeliveries(database(), { webhookId: id, limit: 2, cursor: cursor ?? undefined });
      seen.push(...page.deliveries.map((delivery) => delivery.id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(5);
    expect((await listDeliveries(database(), { webhookId: id, limit: 9, status: 'waiting' })).deliveries).toEqual([]);
    const [old] = seen;
    const longAgo = new Date(Date.now() - 31 * 86_400_000);
    await database()
      .update(webhookDeliveries)
      .set({ finishedAt: longAgo })
      .where(eq(webhookDeliveries.id, old as string));
    expect(await eraseOldDeliveries(database())).toBe(1);
    await deleteWebhook(database(), id);
    await expect(deleteWebhook(database(), id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(listDeliveries(database(), { webhookId: id, limit: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await database().select().from(webhookDeliveries)).toEqual([]);
  });

  test('a person without a webhook to tell costs no row', async () => {
    const { id } = await createPerson(database(), { name: 'Nobody' });
    await deletePerson(database(), id);
    expect(await database().select().from(webhookDeliveries)).toEqual([]);
  });
});
