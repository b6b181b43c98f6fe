export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The word behind which a shell asks for candidates: the words after the program, the one being typed last. */
export const COMPLETE = '__complete';

/** What a shell reads to complete command lines of surefoot. Each asks the program; none knows a command itself. */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# surefoot completion for bash. Put this in ~/.bashrc:  source <(surefoot completion bash)
_surefoot() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <("\${COMP_WORDS[0]}" ${COMPLETE} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _surefoot surefoot
`,
  zsh: `#compdef surefoot
# surefoot completion for zsh. Put this in ~/.zshrc, after compinit:  source <(surefoot completion zsh)
_surefoot() {
  local line
  local -a candidates
  while IFS= read -r line; do
    candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <("\${words[1]}" ${COMPLETE} "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#candidates} )); then
    _describe surefoot candidates
  else
    _files
  fi
}
compdef _surefoot surefoot
`,
  fish: `# surefoot completion for fish. Once:  surefoot completion fish > ~/.config/fish/completions/surefoot.fish
function __surefoot_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l candidates ($words[1] ${COMPLETE} $words[2..-1] "$current" 2>/dev/null)
    if test (count $candidates) -gt 0
        printf '%s\\n' $candidates
    else
        __fish_complete_path "$current"
    end
end
complete -c surefoot -f -a '(__surefoot_complete)'
`,
};
