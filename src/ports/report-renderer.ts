import type { Report } from '../model/report.ts';

/** Writes a report down as one document that needs nothing beside it. All text of the report is data, never markup. */
export interface ReportRenderer {
  render(report: Report): string;
}
