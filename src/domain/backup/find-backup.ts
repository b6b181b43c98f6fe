import type { BackupManifest } from '../../model/backup.ts';
import { SurefootError } from '../../model/errors.ts';
import type { BackupStore } from '../../ports/backup-store.ts';

/** The backup with this id, or the beginning of one; `latest` is the newest. Throws `backup-not-found`. */
export function findBackup(store: BackupStore, database: string, id: string): BackupManifest {
  const all = store.list(database);
  const found = id === 'latest' ? all.slice(0, 1) : all.filter((manifest) => manifest.id.startsWith(id));
  const exact = found.find((manifest) => manifest.id === id) ?? found[0];
  if (exact !== undefined && (found.length === 1 || exact.id === id)) return exact;
  const reason =
    found.length > 1
      ? `${String(found.length)} backups of ${database} begin with ${id}`
      : all.length === 0
        ? `there is no backup of ${database}`
        : `no backup of ${database} is called ${id}; the newest is ${all[0]?.id ?? ''}`;
  throw new SurefootError({
    code: 'backup-not-found',
    message: reason,
    hint:
      all.length === 0
        ? `Make one with surefoot backup ${database}.`
        : `List them with surefoot backup ${database} --list.`,
  });
}
