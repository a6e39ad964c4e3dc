import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '@/db/client';
import { deviceAnswer } from './answers';
import { authenticateDevice } from './authenticateDevice';
import { makePairingCode, normalisePairingCode } from './secrets';
import { changeDevice, createDevice, noteContact, pairDevice, revokeDevice } from './store';

let connection: Connection;
beforeAll(async () => {
  connection = await connect({ directory: undefined });
});
afterAll(() => connection.close());

const pair = async (name: string, allowEnrolment = false) => {
  const { pairingCode } = await createDevice(connection.db, { name, allowEnrolment });
  return pairDevice(connection.db, { pairingCode });
};

test('a code pairs once', async () => {
  const { device, pairingCode } = await createDevice(connection.db, { name: 'Gate', allowEnrolment: false });
  expect(deviceAnswer(device).status).toBe('pairing');
  const paired = await pairDevice(connection.db, { pairingCode });
  expect(paired.device.id).toBe(device.id);
  expect(deviceAnswer(paired.device).status).toBe('paired');
  await expect(pairDevice(connection.db, { pairingCode })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('of many phones with one code, one is paired', async () => {
  const { pairingCode } = await createDevice(connection.db, { name: 'Race', allowEnrolment: false });
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => pairDevice(connection.db, { pairingCode })));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a code is good for ten minutes', async () => {
  const now = new Date('2026-01-01T12:00:00Z');
  const { device, pairingCode } = await createDevice(connection.db, { name: 'Late', allowEnrolment: false, now });
  const late = new Date(now.getTime() + 10 * 60_000);
  expect(deviceAnswer(device, late).status).toBe('expired');
  await expect(pairDevice(connection.db, { pairingCode, now: late })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const intime = new Date(late.getTime() - 1);
  expect((await pairDevice(connection.db, { pairingCode, now: intime })).device.id).toBe(device.id);
});

test('a typed code is read as it was meant', async () => {
  const code = makePairingCode();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(normalisePairingCode(` ${code.toLowerCase().replace('-', ' ')}`)).toBe(code);
  expect(normalisePairingCode('oIl00-11111')).toBe('01100-11111');
});

test('a token has sync and events:write, and faces:write where enrolment is allowed', async () => {
  const plain = await pair('Plain');
  const enrolling = await pair('Enrolling', true);
  expect((await authenticateDevice(connection.db, plain.token))?.scopes).toEqual(['sync', 'events:write']);
  expect((await authenticateDevice(connection.db, enrolling.token))?.scopes).toContain('faces:write');
  await changeDevice(connection.db, enrolling.device.id, { allowEnrolment: false });
  expect((await authenticateDevice(connection.db, enrolling.token))?.scopes).not.toContain('faces:write');
  expect(await authenticateDevice(connection.db, `${plain.token}x`)).toBeNull();
});

test('how a device checks for life can be set and changed', async () => {
  const { device } = await createDevice(connection.db, { name: 'Door', liveness: 'challenge' });
  expect(deviceAnswer(device)).toMatchObject({ liveness: 'challenge', allow_enrolment: false });
  expect((await changeDevice(connection.db, device.id, { liveness: 'passive' })).liveness).toBe('passive');
  expect((await changeDevice(connection.db, device.id, { name: 'Gate' })).liveness).toBe('passive');
});

test('a revoked device is told so', async () => {
  const { device, token } = await pair('Lost');
  await revokeDevice(connection.db, device.id);
  await revokeDevice(connection.db, device.id);
  await expect(authenticateDevice(connection.db, token)).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    details: { revoked: true },
  });
  await expect(revokeDevice(connection.db, 999_999)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a code of a device revoked before pairing is void', async () => {
  const { device, pairingCode } = await createDevice(connection.db, { name: 'Cancelled', allowEnrolment: false });
  await revokeDevice(connection.db, device.id);
  await expect(pairDevice(connection.db, { pairingCode })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what a device reports is listed', async () => {
  const { device } = await pair('Reporter');
  const noted = await noteContact(connection.db, device.id, {
    galleryVersion: 1_700_000_000_000,
    galleryFaces: 12,
    waitingEvents: 3,
    appVersion: '0.1.0',
  });
  expect(deviceAnswer(noted)).toMatchObject({
    gallery_version: 1_700_000_000_000,
    gallery_faces: 12,
    waiting_events: 3,
    app_version: '0.1.0',
  });
});
