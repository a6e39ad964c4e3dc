/** Returns a number with its noun: `1 picture`, `2,000 pictures`. @param many the plural; default: `one` with an s */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
