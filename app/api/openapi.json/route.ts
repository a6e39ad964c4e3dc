import { openApiDocument } from '@/lib/contract/openapi';
import { readOpenApi } from '@/lib/contract/server';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { VERSION } from '@/lib/server/version';

const document = { openapi: '', ...openApiDocument({ version: VERSION }) };

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: route(readOpenApi, async () => document) });
