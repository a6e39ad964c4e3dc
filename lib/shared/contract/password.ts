import { z } from 'zod';

/** Short enough to be typed, long enough that guessing is hopeless behind the throttle (NIST SP 800-63B, 5.1.1). */
export const MIN_PASSWORD_LENGTH = 10;
/** Hashing time grows with length: a bound keeps a sign-in from costing more than it should. */
export const MAX_PASSWORD_LENGTH = 200;

/** What the forms say beside a field for a new password. */
export const PASSWORD_HINT = `At least ${MIN_PASSWORD_LENGTH} characters.`;

/** Every new password: of a form, of the API and of ADMIN_PASSWORD. Length is what counts (NIST SP 800-63B, 5.1.1.2). */
export const password = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `must be at least ${MIN_PASSWORD_LENGTH} characters`)
  .max(MAX_PASSWORD_LENGTH, `must be at most ${MAX_PASSWORD_LENGTH} characters`);
