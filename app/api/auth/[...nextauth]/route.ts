import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/lib/accounts/authOptions';
import { authRequest } from '@/lib/accounts/authRequest';

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  return NextAuth(request, { params: await context.params }, authOptions(authRequest(request)));
}

export { handle as GET, handle as POST };
