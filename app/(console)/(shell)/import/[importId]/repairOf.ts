import type { z } from 'zod';
import type { importRow, repairImportRow } from '@/lib/shared/contract/imports';

type Body = z.input<NonNullable<(typeof repairImportRow)['body']>>;

/** What is entered for a failed row. */
interface Entered {
  url: string;
  name: string;
  userId: string;
  /** The chosen face in the picture that the row has now. */
  position: Body['position'];
}

/** What is sent to repair a row: a face of its picture only where the picture stays. */
export function repairOf(
  { source, unique_args }: Pick<z.output<typeof importRow>, 'source' | 'unique_args'>,
  { url, name, userId, position }: Entered,
): Body {
  const { user_name: _name, user_id: _id, ...others } = unique_args;
  const address = url.trim();
  const isOther = address !== '' && address !== source;
  return {
    unique_args: {
      ...others,
      ...(userId.trim() && { user_id: userId.trim() }),
      ...(name.trim() && { user_name: name.trim() }),
    },
    ...(isOther && { image_url: address }),
    ...(!isOther && position && { position }),
  };
}

/** An attribute as it is entered; empty for what cannot be. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
