import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shadow } from '../../ports/shadow.ts';
import { createSqliteDatabase } from './database.ts';

/** Shadows as files in a temporary folder of their own. */
export function createSqliteShadow(name: string): Shadow {
  return {
    withShadow: async (work) => {
      const folder = mkdtempSync(join(tmpdir(), 'surefoot-shadow-'));
      try {
        return await work(createSqliteDatabase({ name, path: join(folder, 'shadow.db') }));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
