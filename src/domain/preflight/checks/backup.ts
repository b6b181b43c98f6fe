import { formatDuration } from '../../../model/duration.ts';
import { block, ok, warn, type PreflightCheck } from '../check.ts';

const DAY_MS = 86_400_000;

export const BACKUP: PreflightCheck = {
  name: 'backup',
  title: 'A backup is there and fresh',
  examine: ({ backup, policy, now, database, applied }) => {
    if (policy.backupBefore) return ok('made before the run');
    if (applied === 0 && backup === null && policy.backupMaxAgeMs === null)
      return ok('none, and nothing was applied yet');
    const remedy = `Make one with surefoot backup ${database} --prove.`;
    const most = policy.backupMaxAgeMs;
    if (backup === null) return (most === null ? warn : block)('there is none that surefoot knows of', remedy);
    const ageMs = now.getTime() - new Date(backup.at).getTime();
    const figure = `${backup.id} is ${formatDuration(ageMs)} old`;
    if (most !== null && ageMs > most)
      return block(`${figure}; this environment wants one of ${formatDuration(most)} at most`, remedy);
    return most === null && ageMs > DAY_MS ? warn(figure, remedy) : ok(figure);
  },
};
