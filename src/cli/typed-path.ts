import { resolve } from 'node:path';
import { workingDirectory } from '../config/index.ts';

/** A path as it was typed counts from where the person stands, which need not be the project's folder. */
export function absolute(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(workingDirectory(), path);
}
