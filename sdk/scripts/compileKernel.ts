import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

/** Compiles sdk/assembly/kernel.ts and returns the text of sdk/src/matcher/kernel.wasm.ts, which carries it. */
export async function compileKernel(): Promise<string> {
  const source = await readFile(new URL('../assembly/kernel.ts', import.meta.url), 'utf8');
  const { error, stderr, binary } = await asc.compileString(source, {
    optimizeLevel: 3,
    runtime: 'stub',
    noAssert: true,
    importMemory: true,
    enable: ['simd'],
  });
  if (error || !binary) throw new Error(`the kernel does not compile: ${stderr.toString()}`, { cause: error });
  return `/** sdk/assembly/kernel.ts as WebAssembly in base64. Made by \`npm run sdk:kernel\`; do not edit. */
export const KERNEL_WASM =
  '${Buffer.from(binary).toString('base64')}';
`;
}
