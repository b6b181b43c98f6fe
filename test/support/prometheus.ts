import { execFileSync } from 'node:child_process';

/** A sample as Prometheus' own Python client reads it. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ReadFamily {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly help: string;
  readonly samples: readonly ReadSample[];
}

const SCRIPT = `
import json, sys
if sys.argv[1] == 'openmetrics':
    from prometheus_client.openmetrics.parser import text_string_to_metric_families
else:
    from prometheus_client.parser import text_string_to_metric_families
families = [{'name': f.name, 'type': f.type, 'unit': f.unit, 'help': f.documentation,
             'samples': [{'name': s.name, 'labels': s.labels, 'value': s.value} for s in f.samples]}
            for f in text_string_to_metric_families(sys.stdin.read())]
print(json.dumps(families))
`;

/**
 * Reads an exposition with the parsers of prometheus_client (Debian: python3-prometheus-client), of which the one for
 * OpenMetrics refuses what is not valid. Without it the test fails.
 */
export function readExposition(text: string, format: 'prometheus' | 'openmetrics'): readonly ReadFamily[] {
  const out = execFileSync(python(), ['-c', SCRIPT, format], { input: text, encoding: 'utf8' });
  return JSON.parse(out) as ReadFamily[];
}

function python(): string {
  for (const program of ['/usr/bin/python3', 'python3']) {
    try {
      execFileSync(program, ['-c', 'import prometheus_client'], { stdio: 'ignore' });
      return program;
    } catch {
      // The next one may have it.
    }
  }
  throw new Error('no Python with prometheus_client: run .ci/machine.sh, or pip install prometheus_client');
}
