/**
 * One value for the whole process. A bundler may evaluate a module once a bundle, and a development server again after
 * each change; what must exist once (a connection, a registry, a queue) is therefore kept on `globalThis`.
 */
export function processWide<T>(name: string, create: () => T): T {
  const store = globalThis as Record<symbol, unknown>;
  const key = Symbol.for(`kith.${name}`);
  if (!(key in store)) store[key] = create();
  return store[key] as T;
}
