// Prints each failed test with the first lines of its error, and the totals as the last line, from a file of vitest's JSON reporter.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);

for (const { name, status, message, assertionResults } of testResults) {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (status === 'failed' && failed.length === 0) console.log(`failed: ${file}: ${message}`);
  for (const test of failed) {
    console.log(`failed: ${file} > ${test.fullName}`);
    for (const line of (test.failureMessages[0] ?? '').split('\n').slice(0, 12)) console.log(`  ${line}`);
  }
}
console.log(
  `\n${numPassedTests} passed, ${numFailedTests} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''}`,
);
