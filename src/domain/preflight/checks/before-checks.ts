import { block, ok, plural, showList, warn, type PreflightCheck } from '../check.ts';

export const BEFORE_CHECKS: PreflightCheck = {
  name: 'before-checks',
  title: 'Checks ahead of the pending migrations (@when before)',
  examine: ({ beforeChecks }) => {
    const all = beforeChecks.flatMap((each) => each.results.map((result) => ({ ...each, result })));
    if (all.length === 0) return ok('the pending migrations have none');
    const failed = all.filter(({ result }) => result.outcome === 'failed');
    const counted = `${String(all.length - failed.length)} of ${plural(all.length, 'check')} passed`;
    if (failed.length === 0) return ok(counted);
    const describe = ({ result }: (typeof failed)[number]): string =>
      `${result.file}:${String(result.line)}: ${result.name}: expected ${result.expected}, actual ${result.actual}`;
    const now = failed.filter(({ before, result }) => before === 0 && result.severity === 'error');
    if (now.length > 0)
      return block(`${counted}; ${showList(now.map(describe), 8)}`, 'Correct the data, then look again.');
    const yet = failed.every(({ before }) => before > 0);
    return warn(
      `${counted}; ${showList(failed.map(describe), 8)}`,
      yet
        ? 'They belong to later migrations, and what comes before those may still change it.'
        : 'Look whether you can live with it: they are marked as warnings, or belong to later migrations.',
    );
  },
};
