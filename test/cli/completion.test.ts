import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { runCli, withProject, type Project } from '../support/project.ts';

const execute = promisify(execFile);
const BIN = join(import.meta.dirname, '../../dist/bin.js');

/** A project with a migration that has no rollback yet, and `surefoot` on the path. */
async function withShell(
  work: (shell: (program: string, script: string) => Promise<string>, project: Project) => Promise<void>,
): Promise<void> {
  await withProject('sqlite', async (project) => {
    project.write('migrations/001_first_step.sql', 'SELECT 1;\n');
    const bin = join(project.root, 'bin');
    mkdirSync(bin);
    symlinkSync(BIN, join(bin, 'surefoot'));
    const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: project.root, TERM: 'xterm' };
    await work(async (program, script) => {
      const { stdout } = await execute(program, ['-c', script], { cwd: project.root, env });
      return stdout;
    }, project);
  });
}

async function candidates(project: Project, ...words: readonly string[]): Promise<readonly string[]> {
  const { out, err, code } = await runCli(project.root, ['__complete', ...words]);
  expect({ err, code }).toEqual({ err: '', code: 0 });
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] ?? '');
}

describe('completion', () => {
  it('knows commands, actions, options, choices, databases, environments and versions', async () => {
    await withShell(async (_, project) => {
      expect(await candidates(project, 'mig')).toEqual(['migrate']);
      expect(await candidates(project, 'migrate', '')).toEqual(['main']);
      expect(await candidates(project, 'migrate', 'main', '')).toEqual([]);
      expect(await candidates(project, 'migrate', 'main', '--to', '')).toEqual(['001']);
      expect(await candidates(project, 'migrate', '--to=', '=', '0')).toEqual([]);
      expect(await candidates(project, 'migrate', '--dry-run', '--dry')).toEqual([]);
      expect(await candidates(project, 'log', '--format', 'ta')).toEqual(['table']);
      expect(await candidates(project, 'log', 'exp')).toEqual(['export']);
      expect(await candidates(project, 'log', 'export', '--ou')).toContain('--out');
      expect(await candidates(project, 'nonsense', '')).toEqual([]);
    });
  });

  it('says nothing where the project can not be read', async () => {
    await withShell(async (_, project) => {
      project.write('surefoot.config.ts', 'throw new Error("no");');
      expect(await candidates(project, 'migrate', '')).toEqual([]);
    });
  });

  it('completes a command line in bash', async () => {
    await withShell(async (shell) => {
      const asked = (words: string, at: number): string =>
        `source <(surefoot completion bash); COMP_WORDS=(${words}); COMP_CWORD=${String(at)}; _surefoot; echo "\${COMPREPLY[@]}"`;
      expect(await shell('bash', asked('surefoot mig', 1))).toBe('migrate\n');
      expect(await shell('bash', asked('surefoot migrate --to ""', 3))).toBe('001\n');
    });
  });

  it('completes a command line in fish', async () => {
    await withShell(async (shell) => {
      const asked = (line: string): string => `surefoot completion fish | source; complete -C ${JSON.stringify(line)}`;
      expect(await shell('fish', asked('surefoot migrate --to '))).toBe('001\tfirst step\n');
      expect(await shell('fish', asked('surefoot migrate --config surefoot.c'))).toContain('surefoot.config.ts');
    });
  });

  it('completes a command line in zsh, typed at a terminal', async () => {
    await withShell(async (shell) => {
      // Typed up to each tab: what is then run must be "surefoot migrate main --to 001", which has no rollback.
      const script = `
        zmodload zsh/zpty
        zpty -b typed zsh -f -i
        wait_for() { local seen= line; repeat 300; do while zpty -r -t typed line; do seen+=$line; done; [[ $seen == *$1* ]] && return; sleep 0.1; done; print -r -- "never: $1 in $seen"; exit 1 }
        zpty -w typed 'PS1=; autoload -Uz compinit; compinit -u -D; source <(surefoot completion zsh); echo rea""dy'
        wait_for ready
        zpty -n -w typed $'surefoot migra\\t'
        wait_for 'migrate'
        zpty -n -w typed $'ma\\t'
        wait_for 'main'
        zpty -n -w typed $'--to 0\\t'
        wait_for '001'
        zpty -n -w typed $'\\n'
        wait_for 'rollback-missing'
        print done
        zpty -d typed`;
      expect(await shell('zsh', script)).toContain('done');
    });
  });
});
