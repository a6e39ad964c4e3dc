import { unknownPath } from '@/lib/server/http/methods';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = unknownPath();
