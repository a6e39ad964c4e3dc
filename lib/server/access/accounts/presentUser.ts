import type { z } from 'zod';
import type { User } from '@/db/schema';
import type { user } from '@/lib/shared/contract/users';
import { statusOf } from './users';

/** Returns a user as the API shows it. */
export function presentUser(row: User): z.input<typeof user> {
  return {
    user_id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    status: statusOf(row),
    created_at: row.createdAt.toISOString(),
    last_sign_in_at: row.lastSignInAt?.toISOString() ?? null,
  };
}
