import { clientAddress } from '@/lib/server/access/clientAddress';
import { countFailedCredentials } from '@/lib/server/access/credentialLimit';
import { limitSettings } from '@/lib/server/access/groupLimit';
import { database } from '@/lib/server/platform/database';
import { env } from '@/lib/server/platform/env';
import type { pairDevice as operation } from '@/lib/shared/contract/devices';
import { KithError } from '@/lib/shared/contract/errors';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import { settingsAnswer } from './answers';
import { sharedSettings } from './sharedSettings';
import { pairDevice } from './store';

/**
 * Pairs the phone that sent a code. A wrong code counts as a failed credential of its address, so that codes cannot be
 * guessed. Throws NOT_FOUND, RATE_LIMITED.
 */
export async function pairWithCode(pairingCode: string, request: Request): Promise<AnswerOf<typeof operation>> {
  try {
    const db = await database();
    const { device, token } = await pairDevice(db, { pairingCode });
    const limit = await limitSettings(db, device);
    return { ...settingsAnswer(device, { ...(await sharedSettings()), ...limit }), token };
  } catch (error) {
    if (error instanceof KithError && error.code === 'NOT_FOUND') {
      await countFailedCredentials(clientAddress(request, { trustedProxies: env().TRUSTED_PROXIES }));
    }
    throw error;
  }
}
