import type { ContributedFinding } from '../../model/contribution.ts';

/** Findings as a SARIF 2.1.0 log, for code scanning: rules are named by their codes, places by line. */
export function renderSarif(findings: readonly ContributedFinding[], toolVersion: string): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].toSorted();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'surefoot',
            version: toolVersion,
            rules: rules.map((id) => ({ id, shortDescription: { text: id.replaceAll('-', ' ') } })),
          },
        },
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: rules.indexOf(finding.rule),
          level: finding.severity,
          message: { text: finding.message },
          ...(finding.file === null ? {} : { locations: [placeOf(finding.file, finding.line)] }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function placeOf(file: string, line: number | null): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
      ...(line === null ? {} : { region: { startLine: line } }),
    },
  };
}
