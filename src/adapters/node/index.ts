export { createClock } from './clock.ts';
export { createFiles } from './files.ts';
export { createHost } from './host.ts';
export { createShell } from './shell.ts';
export { createLoader } from './loader.ts';
