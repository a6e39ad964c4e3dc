import { env } from '@/lib/server/platform/env';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';

/** Private addresses that this server may reach all the same: `FETCH_ALLOW`. */
export const fetchAllow = (): FetchAllow => env().FETCH_ALLOW;
