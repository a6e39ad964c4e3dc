/** Returns how long ago something was, such as "5 minutes ago"; "Just now" below a minute. @param age ms */
export function ageInWords(age: number): string {
  const minutes = Math.floor(age / 60_000);
  if (minutes < 1) return 'Just now';
  if (minutes < 60) return ago(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? ago(hours, 'hour') : ago(Math.floor(hours / 24), 'day');
}

const ago = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'} ago`;
