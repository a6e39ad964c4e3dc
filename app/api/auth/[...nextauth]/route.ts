import type { NextRequest } from 'next/server';
import { answerAuth } from '@/lib/server/http/answerAuth';

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  return answerAuth(request, (await context.params).nextauth);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
