import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import * as settings from '@/lib/server/settings/currentSettings';
import { settingsAnswer } from '@/lib/server/start/settingsAnswer';
import { changeSettings, readSettings } from '@/lib/shared/contract/settings';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readSettings, () => settingsAnswer()),
  PATCH: route(changeSettings, async ({ body }) => {
    await settings.changeSettings(await database(), body);
    return settingsAnswer();
  }),
});
