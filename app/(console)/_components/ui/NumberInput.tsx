import type { ComponentProps } from 'react';
import { Input } from './Input';

interface NumberInputProps extends Omit<ComponentProps<'input'>, 'type' | 'value' | 'onChange'> {
  /** NaN while nothing, or no number, stands in the field. */
  value: number;
  onValue: (value: number) => void;
}

/** A field for a number, which may be empty while somebody types. */
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
