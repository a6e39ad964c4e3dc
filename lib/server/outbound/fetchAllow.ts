import { env } from '@/lib/server/platform/env';
import { processWide } from '@/lib/server/platform/processWide';
import { type FetchAllow, parseFetchAllow } from './address';

/** Private addresses that this server may reach all the same: `FETCH_ALLOW`. */
export const fetchAllow = (): FetchAllow => processWide('fetchAllow', () => parseFetchAllow(env().FETCH_ALLOW));
