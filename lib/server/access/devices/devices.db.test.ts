import { MATCHING_VERSION, trust } from '@kith/sdk';
import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { deviceAnswer, settingsAnswer } from './answers';
import { authenticateDevice } from './authenticateDevice';
import { makePairingCode, normalisePairingCode } from './secrets';
import { changeDevice, createDevice, noteContact, pairDevice, revokeDevice } from './store';

describeOnEachDatabase('devices', (database) => {
  const pair = async (name: string, allowEnrolment = false) => {
    const { pairingCode } = await createDevice(database(), { name, allowEnrolment });
    return pairDevice(database(), { pairingCode });
  };

  test('a code pairs once', async () => {
    const { device, pairingCode } = await createDevice(database(), { name: 'Gate', allowEnrolment: false });
    expect(deviceAnswer(device, null).status).toBe('pairing');
    const paired = await pairDevice(database(), { pairingCode });
    expect(paired.device.id).toBe(device.id);
    expect(deviceAnswer(paired.device, null).status).toBe('paired');
    await expect(pairDevice(database(), { pairingCode })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('of many phones with one code, one is paired', async () => {
    const { pairingCode } = await createDevice(database(), { name: 'Race', allowEnrolment: false });
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => pairDevice(database(), { pairingCode })));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('a code is good for ten minutes', async () => {
    const now = new Date('2026-01-01T12:00:00Z');
    const { device, pairingCode } = await createDevice(database(), { name: 'Late', allowEnrolment: false, now });
    const late = new Date(now.getTime() + 10 * 60_000);
    expect(deviceAnswer(device, null, late).status).toBe('expired');
    await expect(pairDevice(database(), { pairingCode, now: late })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const intime = new Date(late.getTime() - 1);
    expect((await pairDevice(database(), { pairingCode, now: intime })).device.id).toBe(device.id);
  });

  test('a code made while a clock ran a year ahead is not good for a year', async () => {
    const ahead = new Date(Date.now() + 365 * 24 * 3_600_000);
    const { pairingCode } = await createDevice(database(), { name: 'Ahead', allowEnrolment: false, now: ahead });
    await expect(pairDevice(database(), { pairingCode })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a typed code is read as it was meant', async () => {
    const code = makePairingCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(normalisePairingCode(` ${code.toLowerCase().replace('-', ' ')}`)).toBe(code);
    expect(normalisePairingCode('oIl00-11111')).toBe('01100-11111');
  });

  test('a token has sync and events:write, and faces:enrol where enrolment is allowed', async () => {
    const plain = await pair('Plain');
    const enrolling = await pair('Enrolling', true);
    expect((await authenticateDevice(database(), plain.token))?.scopes).toEqual(['sync', 'events:write']);
    expect((await authenticateDevice(database(), enrolling.token))?.scopes).toEqual([
      'sync',
      'events:write',
      'faces:enrol',
    ]);
    // The settings contain what pages of earlier versions look for, but it permits nothing.
    const told = settingsAnswer(enrolling.device, { match_trust: 50, sync_seconds: 30, groups: null, group_ids: null });
    expect(told.scopes).toEqual(['sync', 'events:write', 'faces:enrol', 'faces:write']);
    await changeDevice(database(), enrolling.device.id, { allowEnrolment: false });
    expect((await authenticateDevice(database(), enrolling.token))?.scopes).toEqual(['sync', 'events:write']);
    expect(await authenticateDevice(database(), `${plain.token}x`)).toBeNull();
  });

  test('a device that matches by an older rule names nobody until it is updated', async () => {
    const { device } = await pair('Old');
    const shared = { match_trust: 50, sync_seconds: 30, groups: null, group_ids: null };
    expect(settingsAnswer(device, shared, 1)).toMatchObject({ match_trust: 100, matching: MATCHING_VERSION });
    expect(trust(0)).toBeLessThan(100);
    expect(settingsAnswer(device, shared, MATCHING_VERSION)).toMatchObject({ match_trust: 50 });
    expect(settingsAnswer(device, shared, MATCHING_VERSION + 1)).toMatchObject({ match_trust: 50 });

    const report = { galleryVersion: 0, galleryFaces: 0, waitingEvents: 0 };
    const told = new Date(Date.now() - 60_000);
    await noteContact(database(), device.id, { ...report, outdated: true, now: told });
    const again = await noteContact(database(), device.id, { ...report, outdated: true });
    expect(again.outdatedSince).toEqual(told);
    const updated = await noteContact(database(), device.id, { ...report, outdated: false });
    expect(updated.outdatedSince).toBeNull();
  });

  test('how a device checks for life can be set and changed', async () => {
    const { device } = await createDevice(database(), { name: 'Door', liveness: 'challenge' });
    expect(deviceAnswer(device, null)).toMatchObject({ liveness: 'challenge', allow_enrolment: false });
    expect((await changeDevice(database(), device.id, { liveness: 'passive' })).liveness).toBe('passive');
    expect((await changeDevice(database(), device.id, { name: 'Gate' })).liveness).toBe('passive');
  });

  test('a revoked device is told so', async () => {
    const { device, token } = await pair('Lost');
    await revokeDevice(database(), device.id);
    await revokeDevice(database(), device.id);
    await expect(authenticateDevice(database(), token)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      details: { revoked: true },
    });
    await expect(revokeDevice(database(), 999_999)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a code of a device revoked before pairing is void', async () => {
    const { device, pairingCode } = await createDevice(database(), { name: 'Cancelled', allowEnrolment: false });
    await revokeDevice(database(), device.id);
    await expect(pairDevice(database(), { pairingCode })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('what a device reports is listed', async () => {
    const { device } = await pair('Reporter');
    const noted = await noteContact(database(), device.id, {
      galleryVersion: 1_700_000_000_000,
      galleryFaces: 12,
      waitingEvents: 3,
      appVersion: '0.1.0',
      outdated: false,
    });
    expect(deviceAnswer(noted, null)).toMatchObject({
      gallery_version: 1_700_000_000_000,
      gallery_faces: 12,
      waiting_events: 3,
      app_version: '0.1.0',
    });
  });
});
