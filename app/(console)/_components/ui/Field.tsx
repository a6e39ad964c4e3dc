'use client';
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import { cn } from './cn';

interface ControlProps {
  id?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

interface FieldProps {
  label: string;
  /** One control; it receives the id and the aria attributes that tie it to its label, hint and error. */
  children: ReactElement<ControlProps>;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
}

export function Field({ label, children, hint, error, className, hideLabel }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  // Only one: an error replaces the hint.
  const described = error ? errorId : hint ? hintId : undefined;
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-[13px] font-medium'}>
        {label}
      </label>
      {cloneElement(children, {
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {error ? (
        <p id={errorId} className="text-[13px] text-bad first-letter:uppercase">
          {error}
        </p>
      ) : hint ? (
        <p id={hintId} className="text-[13px] text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
