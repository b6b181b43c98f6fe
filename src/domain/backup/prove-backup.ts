import { SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { BackupSource, Dumped } from '../../ports/dumper.ts';
import type { Shadow } from '../../ports/shadow.ts';
import { diffSnapshots } from '../schema/index.ts';
import { contentOf, refuseDifferences } from './compare-content.ts';
import type { BackupParts } from './parts.ts';

/**
 * Restores a backup to a shadow and compares what is there then. False where surefoot can't restore it: a command made
 * it, and none restores it. A copy that stays on the server is a restored database already.
 */
export async function proveBackup(
  parts: BackupParts,
  shadow: Shadow,
  dumped: Dumped,
  source: BackupSource,
  schema: Snapshot | null,
): Promise<boolean> {
  if (dumped.method === 'command' && source.fill === null) return false;
  if (!dumped.atPath && dumped.method !== 'command') return dumped.copy !== null;
  await shadow.withShadow(async (there) => {
    await (await there.connect({ create: true, label: 'surefoot backup' })).close();
    await there.dumper.load(source, parts.signal);
    const session = await there.connect({ create: false, label: 'surefoot backup', signal: parts.signal });
    try {
      const [opened] = await session.batch([{ text: there.dialect.beginProbe }]);
      if (opened?.status === 'failed') throw errorOfFailure(opened.failure, 'opening the restored backup');
      const found = await contentOf(there, session, { signal: parts.signal });
      refuseDifferences(source.manifest.digests, found, 'the backup, restored to a shadow,');
      if (schema !== null)
        await compareSchema(schema, await there.introspector.snapshot(session, { signal: parts.signal }));
    } finally {
      await session.close();
    }
  });
  return true;
}

/** Owners and grants are of the server, and the shadow is another one. */
async function compareSchema(expected: Snapshot, found: Snapshot): Promise<void> {
  const { differences } = await diffSnapshots(withoutRoles(expected), withoutRoles(found), {
    names: ['database', 'restored backup'],
  });
  if (differences.length === 0) return;
  throw new SurefootError({
    code: 'backup-differs',
    message: `the backup, restored to a shadow, has another schema:\n${differences
      .slice(0, 5)
      .map(({ kind, object }) => `  ${kind} ${object}`)
      .join('\n')}`,
    hint: 'Keep the database as it is and run the command again.',
    context: { differences: differences.map(({ kind, object }) => ({ kind, object })) },
  });
}

const OF_ROLES: ReadonlySet<string> = new Set(['owner', 'grant', 'default-privileges']);

function withoutRoles(snapshot: Snapshot): Snapshot {
  return { ...snapshot, objects: snapshot.objects.filter(({ kind }) => !OF_ROLES.has(kind)) };
}
