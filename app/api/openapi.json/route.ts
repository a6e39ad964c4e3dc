import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { VERSION } from '@/lib/server/platform/version';
import { openApiDocument } from '@/lib/shared/contract/openapi';
import { readOpenApi } from '@/lib/shared/contract/server';

const document = { openapi: '', ...openApiDocument({ version: VERSION }) };

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: route(readOpenApi, async () => document) });
