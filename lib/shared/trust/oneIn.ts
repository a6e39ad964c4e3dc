/** Returns a fraction in words: "about 1 in 40", "more than half", "fewer than 1 in 100,000". */
export function oneIn(part: number): string {
  if (part > 0.5) return 'more than half';
  if (part < 1e-5) return 'fewer than 1 in 100,000';
  return `about 1 in ${twoDigits(1 / part).toLocaleString('en')}`;
}

/** Rounds to two digits, because the fraction is not known more exactly. */
function twoDigits(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / unit) * unit;
}
