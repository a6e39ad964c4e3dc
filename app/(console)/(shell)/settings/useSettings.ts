'use client';
import type { z } from 'zod';
import { changeSettings } from '@/lib/shared/contract/settings';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

export type SettingsChange = z.input<NonNullable<typeof changeSettings.body>>;

/** Saves some of the settings. The others stay unchanged. */
export function useSettings() {
  const { run, error, pending } = useChange();
  const save = (body: SettingsChange) => void run(() => call(changeSettings, { body }), { done: 'Saved.' });
  return { save, error, pending };
}
