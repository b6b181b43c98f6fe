export { findingsOf, suitesOf } from './blocks-of.ts';
export { renderCiSummary } from './ci-summary.ts';
export { renderJunit, type JunitCase, type JunitSuite } from './junit.ts';
export { renderReportMarkdown } from './markdown.ts';
export { mergeSections } from './merge-sections.ts';
export { renderSarif } from './sarif.ts';
