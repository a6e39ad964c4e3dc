import { parentPort, workerData } from 'node:worker_threads';
import { ERRORS, type ErrorCode } from '@/lib/shared/contract/errors';

const code: ErrorCode = workerData.code;
parentPort?.postMessage(ERRORS[code].type);
