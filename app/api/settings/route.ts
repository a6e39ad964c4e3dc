import { changeSettings, readSettings } from '@/lib/contract/settings';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';
import * as settings from '@/lib/settings/currentSettings';
import { settingsAnswer } from '@/lib/settings/settingsAnswer';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readSettings, () => settingsAnswer()),
  PATCH: route(changeSettings, async ({ body }) => {
    await settings.changeSettings(await database(), body);
    return settingsAnswer();
  }),
});
