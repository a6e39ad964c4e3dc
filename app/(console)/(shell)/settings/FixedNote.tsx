import { Lock } from 'lucide-react';
import { FIXABLE, type Fixable, type SettingsAnswer } from '@/lib/shared/contract/settings';

/** Says that the environment decides a setting, where it does. */
export function FixedNote({ settings, name }: { settings: SettingsAnswer; name: Fixable }) {
  if (!settings.fixed.includes(name)) return null;
  return (
    <p className="flex items-start gap-2 rounded-lg bg-warn-soft px-3.5 py-2.5 text-[13px] text-warn">
      <Lock className="mt-0.5 size-3.5 shrink-0" aria-hidden />
      <span>
        <span className="font-mono">{FIXABLE[name]}</span> is set in the environment of this server and decides. Take it
        away there to choose here.
      </span>
    </p>
  );
}
