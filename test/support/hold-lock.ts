import { createSqliteDatabase } from '../../src/adapters/sqlite/index.ts';

/** Run as a process of its own: takes the run lock of the file named first and keeps it until it is ended. */
const [path = '', label = ''] = process.argv.slice(2);
const database = createSqliteDatabase({ name: 'other', path, pid: process.pid });
const session = await database.connect({ create: true, label });
const held = await database.lock.tryAcquire(session, label);
process.stdout.write(held === null ? 'refused\n' : 'held\n');
setInterval(() => undefined, 60_000);
