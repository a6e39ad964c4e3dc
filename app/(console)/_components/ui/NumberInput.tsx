import type { ComponentProps } from 'react';
import { Input } from './Input';

interface NumberInputProps extends Omit<ComponentProps<'input'>, 'type' | 'value' | 'onChange'> {
  /** NaN while the field is empty or not a number. */
  value: number;
  onValue: (value: number) => void;
}

/** A number field, which may be empty while the user types. */
export function NumberInput({ value, onValue, ...props }: NumberInputProps) {
  return (
    <Input
      type="number"
      value={Number.isNaN(value) ? '' : value}
      onChange={(event) => onValue(event.target.valueAsNumber)}
      {...props}
    />
  );
}
