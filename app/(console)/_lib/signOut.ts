import { signOut as endSession } from 'next-auth/react';

/** Ends the session on the server, then reloads the login page, so that no session data stays in memory. */
export async function signOut(): Promise<void> {
  await endSession({ redirect: false });
  window.location.assign('/login');
}
