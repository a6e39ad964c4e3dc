import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openPhone, type Phone } from '@/lib/phone/store/phone';
import { sendEnrolments } from './sendEnrolments';
import { sendEvents } from './sendEvents';

let phone: Phone;
/** Requests that the server has answered. */
let answered = 0;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  phone = await openPhone();
  answered = 0;
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function serverAnswers(status: number, body: unknown): void {
  vi.stubGlobal('fetch', async () => {
    answered++;
    return Response.json(body, { status });
  });
}

test('every batch of recognitions that was sent is progress', async () => {
  serverAnswers(200, { recorded: 1, rejected: [] });
  for (let i = 0; i < 101; i++) {
    await phone.events.add({
      face_id: 7,
      person_id: null,
      trust: 90,
      liveness: 'off',
      name: null,
      enrolment: null,
    });
  }
  const progress: number[] = [];
  await sendEvents(phone.events, 'token', () => progress.push(answered));
  expect(progress).toEqual([1, 2]);
  expect(await phone.events.waiting()).toBe(0);
});

test('every enrolment that was answered is progress, whether it was taken or refused', async () => {
  for (const name of ['Ada', 'Grace'])
    await phone.enrolments.add({ name, picture: new Uint8Array([1]), encoding: new Float32Array(128) });
  const progress: number[] = [];
  const send = () => sendEnrolments(phone.enrolments, phone.events, 'token', () => progress.push(answered));
  serverAnswers(400, { error_type: 1000, error_message: 'file shows no face.' });
  expect(await send()).toBe(0);
  expect(progress).toEqual([1, 2]);
  await phone.enrolments.add({ name: 'Joan', picture: new Uint8Array([1]), encoding: new Float32Array(128) });
  serverAnswers(200, { face_id: 3 });
  expect(await send()).toBe(1);
  expect(progress).toEqual([1, 2, 3]);
});
