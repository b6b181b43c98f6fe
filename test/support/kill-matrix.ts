import { appendFileSync } from 'node:fs';

/** What became of faults, counted by place and kind. */
export interface KillMatrix {
  add(place: string, fault: string, outcome: string): void;
  /** To the test output, and to the file that SUREFOOT_FAULTS_REPORT names. */
  print(title: string): void;
}

export function createKillMatrix(): KillMatrix {
  const counts = new Map<string, number>();
  return {
    add: (place, fault, outcome) => {
      const key = `| ${place} | ${fault} | ${outcome} |`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    print: (title) => {
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const lines = [
        `### ${title}: ${String(total)} faults`,
        '',
        '| where | fault | what became of it | times |',
        '|---|---|---|---|',
        ...[...counts].map(([key, count]) => `${key} ${String(count)} |`),
        '',
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
      const file = process.env['SUREFOOT_FAULTS_REPORT'] ?? '';
      if (file !== '') appendFileSync(file, `${lines.join('\n')}\n`);
    },
  };
}
