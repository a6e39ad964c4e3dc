'use client';
import { Slider as Radix } from 'radix-ui';
import { cn } from './cn';

interface SliderProps {
  /** Read by screen readers. */
  label: string;
  value: number;
  onValueChange: (value: number) => void;
  min: number;
  max: number;
  step: number;
  disabled?: boolean;
  className?: string;
}

export function Slider({ label, value, onValueChange, className, ...props }: SliderProps) {
  return (
    <Radix.Root
      value={[value]}
      onValueChange={([next]) => next !== undefined && onValueChange(next)}
      className={cn('relative flex h-6 touch-none items-center select-none data-disabled:opacity-55', className)}
      {...props}
    >
      <Radix.Track className="relative h-1.5 grow rounded-full bg-line">
        <Radix.Range className="absolute h-full rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        className="block size-5 rounded-full border-2 border-accent bg-raised shadow-card"
      />
    </Radix.Root>
  );
}
