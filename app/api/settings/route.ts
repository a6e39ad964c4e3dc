import { changeSettings, readSettings } from '@/lib/contract/settings';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import * as settings from '@/lib/settings/currentSettings';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readSettings, () => settings.currentSettings()),
  PATCH: route(changeSettings, ({ body }) => settings.changeSettings(body)),
});
