import type { ComponentProps } from 'react';
import { twMerge } from 'tailwind-merge';

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  plain: 'border border-line bg-surface text-ink hover:bg-sunken',
  danger: 'bg-bad text-on-accent hover:opacity-90',
} as const;

/** A button for a thumb: at least 48 pixels high (Material, touch targets). */
export function Button({
  look = 'plain',
  className,
  ...props
}: ComponentProps<'button'> & { look?: keyof typeof LOOKS }) {
  return (
    <button
      type="button"
      className={twMerge(
        'inline-flex min-h-12 items-center justify-center gap-2 rounded-xl px-5 font-medium text-base transition-colors disabled:opacity-50',
        LOOKS[look],
        className,
      )}
      {...props}
    />
  );
}

/** A round button over the live picture. */
export function PictureButton({ label, className, ...props }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={twMerge(
        'grid size-12 place-items-center rounded-full bg-black/55 text-white backdrop-blur-sm transition-colors hover:bg-black/75 [&_svg]:size-5',
        className,
      )}
      {...props}
    />
  );
}
