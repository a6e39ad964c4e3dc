/** Two faces turned to each other: kith, the people one knows. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden role="presentation">
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <circle cx="12.5" cy="12.5" r="4" className="fill-on-accent" />
      <circle cx="21.5" cy="14" r="3" className="fill-on-accent opacity-70" />
      <path d="M5.8 24.5c.4-4.2 3-6.6 6.7-6.6s6.3 2.4 6.7 6.6z" className="fill-on-accent" />
      <path
        d="M21 24.5h5.4c-.3-3.7-2.2-5.7-5-5.7-.9 0-1.7.2-2.4.6 1.1 1.3 1.8 3 2 5.1z"
        className="fill-on-accent opacity-70"
      />
    </svg>
  );
}
