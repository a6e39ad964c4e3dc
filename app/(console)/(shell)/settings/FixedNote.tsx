import { Lock } from 'lucide-react';
import { FIXABLE, type Fixable, type SettingsAnswer } from '@/lib/shared/contract/settings';

/** Shows that the environment overrides a setting. */
export function FixedNote({ settings, name }: { settings: SettingsAnswer; name: Fixable }) {
  if (!settings.fixed.includes(name)) return null;
  return (
    <p className="flex items-start gap-2 rounded-lg bg-warn-soft px-3.5 py-2.5 text-[13px] text-warn">
      <Lock className="mt-0.5 size-3.5 shrink-0" aria-hidden />
      <span>
        <span className="font-mono">{FIXABLE[name]}</span> is set in the environment of this server and overrides this
        setting. Remove it there to change the setting here.
      </span>
    </p>
  );
}
