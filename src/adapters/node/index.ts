export { createClock } from './clock.ts';
export { createFiles } from './files.ts';
export { createHost } from './host.ts';
export { createLoader } from './loader.ts';
