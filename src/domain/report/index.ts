export { renderCiSummary } from './ci-summary.ts';
export { renderJunit, type JunitCase, type JunitSuite } from './junit.ts';
export { renderSarif } from './sarif.ts';
