import { signOut as endSession } from 'next-auth/react';

/** Ends the session on the server, then loads the login page afresh, so that nothing of the session stays in memory. */
export async function signOut(): Promise<void> {
  await endSession({ redirect: false });
  window.location.assign('/login');
}
