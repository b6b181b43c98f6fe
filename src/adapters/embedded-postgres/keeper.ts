/**
 * The program of the keeper: a small lasting process beside each server, that stops it when nobody needs it any
 * more. It is started with a channel to its parent, told its task over that, and exits when its server is gone.
 */
import { endUnkept, keepProject } from './keep-project.ts';
import { keepThrowAway } from './keep-throw-away.ts';
import { isKeeperTask, KEEPER_SAYS } from './keeper-task.ts';
import { basename, dirname, parse } from 'node:path';
import { layoutOf } from './state.ts';

// Must not hold the folder it was started from.
process.chdir(parse(process.cwd()).root);
// It has no terminal that could hang up on it.
process.on('SIGHUP', () => {});

// The last argument is the server's folder.
const folder = process.argv.at(-1) ?? '';
const major = /^postgres-(\d+)$/.exec(basename(folder))?.[1];

/** The parent has ended, or has given up, before it came to tell the task. */
const endUnassigned = (): void => {
  process.removeAllListeners('message').off('disconnect', endUnassigned);
  const done = major === undefined ? Promise.resolve() : endUnkept(layoutOf(dirname(folder), Number(major)));
  void done.then(() => process.exit(0));
};
process.once('disconnect', endUnassigned);
process.once('message', (task: unknown) => {
  if (!isKeeperTask(task)) throw new TypeError('not a task');
  process.off('disconnect', endUnassigned);
  const done = task.kind === 'project' ? keepProject(task) : keepThrowAway(task);
  // A parent that was killed meanwhile hears nothing; the task is begun all the same.
  process.send?.(KEEPER_SAYS.watching, undefined, undefined, () => {});
  void done.then(() => process.exit(0));
});
// While this program was being loaded the parent may have ended, and the event gone by unheard or not yet come.
if (process.connected) {
  process.send?.(KEEPER_SAYS.up, undefined, undefined, (error) => {
    if (error !== null) process.emit('disconnect');
  });
} else process.emit('disconnect');
