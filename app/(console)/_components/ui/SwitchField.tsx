'use client';
import { useId } from 'react';
import { Switch } from './Switch';

interface SwitchFieldProps {
  label: string;
  /** Explains the effect. */
  hint: string;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
}

/** A switch with a label before it and a hint below. */
export function SwitchField({ label, hint, checked, onCheckedChange }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id} className="text-[13px] font-medium">
          {label}
        </label>
        <p className="text-[13px] text-muted">{hint}</p>
      </div>
      <Switch id={id} checked={checked} onCheckedChange={onCheckedChange} />
    </div>
  );
}
