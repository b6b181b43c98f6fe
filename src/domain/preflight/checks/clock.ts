import { formatDuration } from '../../../model/duration.ts';
import { ok, onFact, warn, type PreflightCheck } from '../check.ts';

const MOST_MS = 5_000;

export const CLOCK: PreflightCheck = {
  name: 'clock',
  title: "This machine's clock against the server's",
  examine: ({ clockSkewMs, clockErrorMs }) =>
    onFact(clockSkewMs, (skew) => {
      const size = Math.abs(skew);
      const figure =
        size <= clockErrorMs
          ? `they agree, as far as an answer of ${formatDuration(clockErrorMs)} tells`
          : `the server is ${formatDuration(size)} ${skew > 0 ? 'ahead' : 'behind'}`;
      return size > MOST_MS + clockErrorMs
        ? warn(figure, 'Set the clocks: times in the journal and the age of backups are wrong by as much.')
        : ok(figure);
    }),
};
