import { errorOfFailure } from '../../model/sql-failure.ts';
import type { BackupSource, Dumped } from '../../ports/dumper.ts';
import type { Shadow } from '../../ports/shadow.ts';
import { contentOf, refuseDifferences } from './compare-content.ts';
import type { BackupParts } from './parts.ts';

/**
 * Restores a backup to a shadow and compares what is there then. False where surefoot can't restore it: the command
 * that made it must. A copy that stays on the server is a restored database already.
 */
export async function proveBackup(
  parts: BackupParts,
  shadow: Shadow,
  dumped: Dumped,
  source: BackupSource,
): Promise<boolean> {
  if (dumped.method === 'command') return false;
  if (!dumped.atPath) return dumped.copy !== null;
  await shadow.withShadow(async (there) => {
    await (await there.connect({ create: true, label: 'surefoot backup' })).close();
    await there.dumper.load(source, parts.signal);
    const session = await there.connect({ create: false, label: 'surefoot backup', signal: parts.signal });
    try {
      const [opened] = await session.batch([{ text: there.dialect.beginProbe }]);
      if (opened?.status === 'failed') throw errorOfFailure(opened.failure, 'opening the restored backup');
      const found = await contentOf(there, session, { signal: parts.signal });
      refuseDifferences(source.manifest.digests, found, 'the backup, restored to a shadow,');
    } finally {
      await session.close();
    }
  });
  return true;
}
