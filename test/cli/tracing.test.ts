import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/index.ts';
import { ENGINES, rejection, runCli, usersAndAddresses, withProject, type Project } from '../support/project.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}
interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code: number; readonly message?: string };
}
interface Posted {
  readonly url: string;
  readonly service: string;
  readonly spans: readonly Span[];
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A receiver of OTLP/HTTP with JSON. */
async function withReceiver(work: (endpoint: string, posted: readonly Posted[]) => Promise<void>): Promise<void> {
  const posted: Posted[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const { resourceSpans } = JSON.parse(text) as {
        resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Span[] }[] }[];
      };
      posted.push({
        url: request.url ?? '',
        service: valueOf(resourceSpans[0]?.resource.attributes ?? [], 'service.name'),
        spans: resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    await work(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, posted);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function valueOf(attributes: readonly Attribute[], key: string): string {
  const value = attributes.find((each) => each.key === key)?.value;
  return String(value?.stringValue ?? value?.intValue ?? '');
}

const childrenOf = (spans: readonly Span[], parent: Span | undefined): readonly Span[] =>
  spans.filter(({ parentSpanId }) => parentSpanId === parent?.spanId);

async function failing(project: Project): Promise<void> {
  project.migration(
    '003_fill',
    "INSERT INTO users (id, name) VALUES (1, 'Ana Secret');\n",
    'DELETE FROM users;\n',
    "-- @check nobody\n-- @expect rows = 0\nSELECT name FROM users WHERE name <> 'Bo Hidden';\n",
  );
  await Promise.resolve();
}

describe.each(ENGINES)('spans of a run on %s', (engine) => {
  it('are a tree of run, steps and checks, below the process that asked for it', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await failing(project);
      await withReceiver(async (endpoint, posted) => {
        const trace = 'ab'.repeat(16);
        const env = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, TRACEPARENT: `00-${trace}-${'cd'.repeat(8)}-01` };
        expect((await runCli(project.root, ['migrate'], env)).code).toBe(1);
        expect(posted.map(({ url, service }) => [url, service])).toEqual([['/v1/traces', 'surefoot']]);
        const spans = posted[0]?.spans ?? [];
        const run = spans.find(({ name }) => name === 'surefoot migrate main');
        expect(run).toMatchObject({ traceId: trace, parentSpanId: 'cd'.repeat(8), status: { code: 2 } });
        expect(valueOf(run?.attributes ?? [], 'surefoot.outcome')).toBe('failed');
        const steps = childrenOf(spans, run);
        expect(steps.map(({ name, status }) => [name, status.code, status.message])).toEqual([
          ['up 001_users', 0, undefined],
          ['up 002_address', 0, undefined],
          ['up 003_fill', 2, 'check-failed'],
        ]);
        const checks = steps.map((step) => childrenOf(spans, step).map(({ name }) => name));
        expect(checks).toEqual([
          ['check users is empty or named'],
          ['check addresses can be written'],
          ['check nobody'],
        ]);
        for (const span of spans) {
          const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
          expect(BigInt(span.startTimeUnixNano) <= BigInt(span.endTimeUnixNano)).toBe(true);
          if (parent === undefined) continue;
          expect(BigInt(parent.startTimeUnixNano) <= BigInt(span.startTimeUnixNano)).toBe(true);
          expect(BigInt(span.endTimeUnixNano) <= BigInt(parent.endTimeUnixNano)).toBe(true);
        }
        expect(JSON.stringify(posted)).not.toMatch(/Ana Secret|Bo Hidden/u);
        // What runs nothing sends nothing, and neither does one who says so.
        await runCli(project.root, ['status'], env);
        await runCli(project.root, ['rollback', '--yes'], { ...env, OTEL_SDK_DISABLED: 'true' });
        expect(posted).toHaveLength(1);
        expect((await runCli(project.root, ['verify'], env)).code).toBe(0);
        const verified = posted[1]?.spans ?? [];
        const root = verified.find(({ name }) => name === 'surefoot verify main');
        expect(root).toMatchObject({ traceId: trace, parentSpanId: 'cd'.repeat(8), status: { code: 0 } });
        expect(valueOf(root?.attributes ?? [], 'surefoot.outcome')).toBe('succeeded');
        expect(childrenOf(verified, root).map(({ name }) => name)).toEqual(['check users is empty or named']);
        // A release sends the runs and verifications that are part of it.
        project.remove('migrations/003_fill.sql');
        project.remove('rollbacks/003_fill.sql');
        project.remove('verify/003_fill.sql');
        expect((await runCli(project.root, ['release', '--yes'], env)).code).toBe(0);
        expect(posted[2]?.spans.filter(({ parentSpanId }) => parentSpanId === 'cd'.repeat(8))).toMatchObject([
          { name: 'surefoot migrate main' },
          { name: 'surefoot verify main' },
        ]);
      });
    });
  });
});

describe('spans', () => {
  it('of a library call are sent too', async () => {
    await withProject('sqlite', async (project) => {
      usersAndAddresses(project);
      await withReceiver(async (endpoint, posted) => {
        process.env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] = `${endpoint}/own/path`;
        try {
          await migrate(project.config, project.options);
          project.migration('003_bad', 'SELECT nothing;\n', 'SELECT 1;\n');
          expect((await rejection(migrate(project.config, project.options))).code).toBe('sql-failed');
        } finally {
          delete process.env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
        }
        expect(posted.map(({ url }) => url)).toEqual(['/own/path', '/own/path']);
        expect(posted[1]?.spans.map(({ status }) => status.message).sort()).toEqual(['sql-failed', 'sql-failed']);
      });
    });
  });

  it('that nobody takes are a warning, and the run succeeds', async () => {
    await withProject('sqlite', async (project) => {
      usersAndAddresses(project);
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
      const { code, err } = await runCli(project.root, ['migrate'], env);
      expect(code).toBe(0);
      expect(err).toContain('warning: main: the run was not traced: ');
    });
  });

  it('name the packages to install where they are absent', async () => {
    await withProject('sqlite', async (project) => {
      usersAndAddresses(project);
      const alone = join(project.root, 'alone');
      mkdirSync(join(alone, 'node_modules'), { recursive: true });
      cpSync(join(ROOT, 'dist'), join(alone, 'dist'), { recursive: true });
      cpSync(join(ROOT, 'package.json'), join(alone, 'package.json'));
      for (const name of ['better-sqlite3', 'jiti', 'libpg-query'])
        symlinkSync(join(ROOT, 'node_modules', name), join(alone, 'node_modules', name));
      const err = await new Promise<string>((resolve) => {
        execFile(
          process.execPath,
          [join(alone, 'dist/bin.js'), 'migrate', '--url', project.url],
          { cwd: project.root, env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' } },
          (_, __, text) => resolve(text),
        );
      });
      expect(err).toContain('npm install @opentelemetry/api @opentelemetry/sdk-trace-base');
      expect((await project.run('status', '--check')).code).toBe(0);
    });
  });
});
