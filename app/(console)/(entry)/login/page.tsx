import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { safePath } from '@/lib/server/access/safePath';
import { currentAccount } from '../../_lib/session';
import { LoginForm } from './LoginForm';

export const metadata: Metadata = { title: 'Sign in' };

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[]; welcome?: string | string[] }>;
}) {
  const { next, welcome } = await searchParams;
  const target = safePath(next);
  if ((await currentAccount()) !== null) redirect(target);
  return <LoginForm target={target} welcome={welcome !== undefined} />;
}
