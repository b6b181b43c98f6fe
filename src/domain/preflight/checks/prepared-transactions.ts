import { formatDuration } from '../../../model/duration.ts';
import { block, ok, onFact, plural, type PreflightCheck } from '../check.ts';

export const PREPARED_TRANSACTIONS: PreflightCheck = {
  name: 'prepared-transactions',
  title: 'Prepared transactions',
  examine: ({ facts }) =>
    onFact(facts.prepared, (prepared) => {
      const [oldest] = prepared;
      if (oldest === undefined) return ok('none');
      return block(
        `${plural(prepared.length, 'prepared transaction')}; the oldest, ${oldest.name} of ${oldest.owner}, is ${formatDuration(oldest.ageMs)} old and keeps its locks until somebody ends it`,
        `Ask its owner, then COMMIT PREPARED or ROLLBACK PREPARED '${oldest.name.replaceAll("'", "''")}'.`,
      );
    }),
};
