import { formatDuration } from '../../../model/duration.ts';
import { ok, onFact, warn, type PreflightCheck } from '../check.ts';

const MOST_MS = 5_000;
/** Nearer than this nobody wants to know. */
const AGREED_MS = 100;

export const CLOCK: PreflightCheck = {
  name: 'clock',
  title: "This machine's clock against the server's",
  examine: ({ clockSkewMs, clockErrorMs }) =>
    onFact(clockSkewMs, (skew) => {
      const size = Math.abs(skew);
      const figure =
        size <= clockErrorMs + AGREED_MS
          ? `they agree to ${formatDuration(clockErrorMs + AGREED_MS)}`
          : `the server is ${formatDuration(size)} ${skew > 0 ? 'ahead' : 'behind'}`;
      return size > MOST_MS + clockErrorMs
        ? warn(figure, 'Set the clocks: times in the journal and the age of backups are wrong by as much.')
        : ok(figure);
    }),
};
