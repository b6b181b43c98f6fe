import type { BackupManifest } from '../../model/backup.ts';
import type { BackupSettings } from './parts.ts';

/** Backups whose time is over. The newest stays whatever its age, and so do those whose data surefoot does not keep. */
export function expired(
  newestFirst: readonly BackupManifest[],
  { keep, maxAgeMs }: Pick<BackupSettings, 'keep' | 'maxAgeMs'>,
  now: Date,
): readonly BackupManifest[] {
  return newestFirst
    .filter((manifest) => manifest.method !== 'command' || manifest.data !== null)
    .filter(
      (manifest, index) =>
        index > 0 &&
        ((keep !== null && index >= keep) ||
          (maxAgeMs !== null && now.getTime() - new Date(manifest.at).getTime() > maxAgeMs)),
    );
}
