#!/usr/bin/env node
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';

// PostgreSQL's parser is WebAssembly: to optimise it takes longer than to use it, on the cores that the server needs.
for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
// Absent before Node 22.1.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache();
const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
