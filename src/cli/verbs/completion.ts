import type { Argv } from 'yargs';
import { COMPLETION_SCRIPTS, SHELLS } from '../completion/scripts.ts';
import type { CliContext } from '../context.ts';
import { createTerminal } from '../terminal.ts';

export function completionVerb(yargs: Argv, _cli: CliContext): Argv {
  return yargs.command(
    'completion <shell>',
    'Print what a shell reads to complete commands, databases and versions',
    (builder) =>
      builder
        .positional('shell', { choices: SHELLS, demandOption: true, describe: 'The shell' })
        .example('source <($0 completion bash)', 'for bash, in ~/.bashrc; zsh alike, in ~/.zshrc')
        .example('$0 completion fish > ~/.config/fish/completions/surefoot.fish', 'for fish, once'),
    (flags) => createTerminal(true).out(COMPLETION_SCRIPTS[flags.shell].trimEnd()),
  );
}
