import type { BackupManifest } from '../../../model/backup.ts';
import type { Contribution, SectionValue } from '../../../model/contribution.ts';
import type { CommandTarget } from '../../parts/target.ts';
import { counts } from '../counts.ts';

/** surefoot's own tables on either engine. */
const OWN = /^"?surefoot(?:"?\."?|_)(?:history|journal|journal_head|layout)"?$/u;

/** How many rows and bytes the backups hold, and what changed between the two newest. */
export async function backupsSection(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    sections: [
      {
        id: 'rows-and-size',
        title: 'Rows and size in the backups',
        value: async () => valueOf(await (await target.openBackups()).list(target.database.name)),
      },
    ],
  });
}

function valueOf(backups: readonly BackupManifest[]): SectionValue {
  const [newest, before] = backups;
  if (newest === undefined)
    return { headlines: [{ label: 'Last backup', text: 'absent: there is none', tone: 'neutral' }], blocks: [] };
  const rows = new Map(before?.digests.map((digest) => [digest.table, digest.rows]));
  const tables = newest.digests
    .filter(({ table }) => !OWN.test(table))
    .map(({ table, rows: now }) => ({ table, now, was: rows.get(table) ?? null }));
  return {
    headlines: [
      {
        label: 'Last backup',
        text: `${minute(newest.at)}, at ${newest.version ?? 'no version'}, ${newest.proven ? 'restored and compared' : newest.checked}`,
        tone: 'good',
      },
    ],
    blocks: [
      { kind: 'text', text: `${counts(backups.length, 'backup')}, the newest first.` },
      {
        kind: 'table',
        columns: [
          { title: 'Backup', align: 'left' },
          { title: 'At version', align: 'left' },
          { title: 'Tables', align: 'right' },
          { title: 'Rows', align: 'right' },
          { title: 'Bytes', align: 'right' },
          { title: 'Checked', align: 'left' },
        ],
        rows: backups.map((each) => [
          each.id,
          each.version,
          each.digests.length,
          each.digests.reduce((sum, digest) => sum + digest.rows, 0),
          each.size,
          each.checked,
        ]),
      },
      {
        kind: 'table',
        columns: [
          { title: 'Table', align: 'left' },
          ...(before === undefined
            ? []
            : [{ title: `Rows at ${before.version ?? 'no version'}`, align: 'right' } as const]),
          { title: `Rows at ${newest.version ?? 'no version'}`, align: 'right' },
          ...(before === undefined ? [] : [{ title: 'Change', align: 'right' } as const]),
        ],
        rows: tables.map(({ table, now, was }) =>
          before === undefined ? [table, now] : [table, was, now, was === null ? 'new table' : now - was],
        ),
      },
    ],
  };
}

function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
