import { clientAddress } from '@/lib/server/access/clientAddress';
import { countFailedCredentials } from '@/lib/server/access/credentialLimit';
import { database } from '@/lib/server/platform/database';
import { env } from '@/lib/server/platform/env';
import type { pairDevice as operation } from '@/lib/shared/contract/devices';
import { KithError } from '@/lib/shared/contract/errors';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import { settingsAnswer } from './answers';
import { sharedSettings } from './sharedSettings';
import { pairDevice } from './store';

/**
 * Pairs the phone that sent a code. A wrong code counts as a failed credential of its address, so that codes cannot
 * be tried out. Throws NOT_FOUND, RATE_LIMITED.
 */
export async function pairWithCode(pairingCode: string, request: Request): Promise<AnswerOf<typeof operation>> {
  try {
    const { device, token } = await pairDevice(await database(), { pairingCode });
    return { ...settingsAnswer(device, await sharedSettings()), token };
  } catch (error) {
    if (error instanceof KithError && error.code === 'NOT_FOUND') {
      await countFailedCredentials(clientAddress(request, { trustedProxies: env().TRUSTED_PROXIES }));
    }
    throw error;
  }
}
