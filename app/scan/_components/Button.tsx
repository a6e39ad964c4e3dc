import type { ComponentProps } from 'react';

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  plain: 'border border-line bg-surface text-ink hover:bg-sunken',
  /** For actions that cannot be undone. */
  warning: 'border border-line bg-surface text-bad hover:bg-sunken',
  danger: 'bg-bad text-on-accent hover:opacity-90',
  /** On a coloured background, in either theme. */
  white: 'bg-white text-black hover:bg-white/90',
} as const;

const SIZES = { thumb: 'min-h-12 px-5 text-base', small: 'min-h-10 px-4 text-sm' } as const;

/** A touch target of at least 48 pixels (Material). `className` sets its position; `look` and `size` its appearance. */
export function Button({
  look = 'plain',
  size = 'thumb',
  className = '',
  ...props
}: ComponentProps<'button'> & { look?: keyof typeof LOOKS; size?: keyof typeof SIZES }) {
  return (
    <button
      type="button"
      className={`inline-flex items-center justify-center gap-2 rounded-xl font-medium transition-colors disabled:opacity-50 ${SIZES[size]} ${LOOKS[look]} ${className}`}
      {...props}
    />
  );
}

/** A round button on top of the live picture. */
export function PictureButton({ label, ...props }: Omit<ComponentProps<'button'>, 'className'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="grid size-12 place-items-center rounded-full bg-black/55 text-white backdrop-blur-sm transition-colors hover:bg-black/75 [&_svg]:size-5"
      {...props}
    />
  );
}
