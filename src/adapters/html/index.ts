export { createReportRenderer } from './page.ts';
