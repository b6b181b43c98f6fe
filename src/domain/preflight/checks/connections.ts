import {
  block,
  ok,
  onFact,
  plural,
  showList,
  warn,
  type PreflightCheck,
  type PreflightFinding,
  type PreflightInput,
} from '../check.ts';

export const CONNECTIONS: PreflightCheck = {
  name: 'connections',
  title: 'Active application connections',
  examine: (input) => {
    const { sessions, exclusive } = input.facts;
    if (exclusive.is === 'known' && !exclusive.value)
      return judge(
        input,
        'another process holds a lock on the file at this moment',
        'Stop the application that uses it.',
      );
    if (sessions.is === 'unknown' && exclusive.is === 'known')
      return ok('nobody holds a lock on the file; who has it open is not to be seen on this system');
    return onFact(sessions, (others) => {
      if (others.length === 0) return ok('none');
      const active = others.filter((session) => session.state === 'active').length;
      const names = others.map(({ pid, user, application, client }) =>
        user === null
          ? `process ${String(pid)}`
          : `pid ${String(pid)} ${user} ${application ?? ''} from ${client ?? '?'}`.replaceAll('  ', ' '),
      );
      const busy = others.some((session) => session.state !== null) ? `, ${String(active)} active` : '';
      return judge(
        input,
        `${plural(others.length, 'other connection')}${busy}: ${showList(names)}`,
        'Stop the application, if the migration wants the database for itself.',
      );
    });
  },
};

function judge({ policy }: PreflightInput, figure: string, remedy: string): PreflightFinding {
  if (policy.connections === 'block') return block(figure, remedy);
  return figure.startsWith('another process') ? warn(figure, remedy) : ok(figure);
}
