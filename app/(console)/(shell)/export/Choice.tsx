'use client';
import { useId } from 'react';
import { Checkbox } from '../../_components/ui/Checkbox';

/** A checkbox with its label. */
export function Choice(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  const id = useId();
  const { label, checked, onChange } = props;
  return (
    <div className="flex items-center gap-2.5 text-sm">
      <Checkbox id={id} checked={checked} onCheckedChange={(on) => onChange(on === true)} />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
