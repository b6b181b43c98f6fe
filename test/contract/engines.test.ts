import { describe } from 'vitest';
import { ENGINES } from './suites/contract-engine.ts';
import { describeCopyRows } from './suites/copy-rows.ts';
import { describeDialect } from './suites/dialect.ts';
import { describeDigest } from './suites/digest.ts';
import { describeKeep } from './suites/keep.ts';
import { describeTemporary } from './suites/temporary.ts';
import { describeLayout } from './suites/layout.ts';
import { describeLock } from './suites/lock.ts';
import { describeProbe } from './suites/probe.ts';
import { describeSession } from './suites/session.ts';

describe.each(ENGINES)('$name', (engine) => {
  describeSession(engine);
  describeCopyRows(engine);
  describeKeep(engine);
  describeTemporary(engine);
  describeLock(engine);
  describeDialect(engine);
  describeDigest(engine);
  describeLayout(engine);
  describeProbe(engine);
});
