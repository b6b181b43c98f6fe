import { describe } from 'vitest';
import { ENGINES } from './suites/contract-engine.ts';
import { describeSession } from './suites/session.ts';

describe.each(ENGINES)('$name', (engine) => {
  describeSession(engine);
});
