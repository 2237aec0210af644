/**
 * What a shell reads once. Each asks `haifu complete -- WORD…` for the candidates: a line each, a tab before what tells
 * it to people; the line `:files` means names of files too.
 */
const bash = `# haifu: completion for bash. Put it where bash-completion looks, or: source <(haifu completion bash)
_haifu() {
  local line word
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o default 2>/dev/null
      continue
    fi
    printf -v word %q "\${line%%$'\\t'*}"
    COMPREPLY+=("$word")
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if (( \${#COMPREPLY[@]} == 1 )); then
    [[ \${COMPREPLY[0]} == */ ]] && compopt -o nospace 2>/dev/null
  fi
  return 0
}
complete -F _haifu haifu
`;

const zsh = `#compdef haifu
# haifu: completion for zsh. Save it as _haifu in a folder of $fpath, or: source <(haifu completion zsh)
_haifu() {
  local line word text files=0
  local -a found
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=1
      continue
    fi
    word=\${line%%$'\\t'*}
    text=\${line#*$'\\t'}
    [[ $line == *$'\\t'* ]] || text=''
    found+=("\${word//:/\\\\:}\${text:+:$text}")
  done < <("\${words[1]}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( $#found )) && _describe -t haifu haifu found
  (( files )) && _files
}
if [[ \${zsh_eval_context[-1]} == loadautofunc ]]; then
  _haifu "$@"
else
  compdef _haifu haifu
fi
`;

const fish = `# haifu: completion for fish. Save it as ~/.config/fish/completions/haifu.fish, or: haifu completion fish | source
function __haifu_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    for line in ($typed[1] complete -- $typed[2..-1] "$current" 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path "$current"
        else
            echo -- $line
        end
    end
end
complete -c haifu -f -a '(__haifu_complete)'
`;

export const completionScripts = { bash, zsh, fish } as const;
export type ShellName = keyof typeof completionScripts;
