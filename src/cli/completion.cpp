#include <fmt/format.h>

#include <cctype>
#include <string_view>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "choices.hpp"
#include "command.hpp"
#include "option_table.hpp"
#include "record/lists.hpp"

namespace attest::cli {

namespace {

/// A word as a shell would have to be given it, which is also how the scripts' lists of words are read.
std::string shell_word(const std::string& word) {
    std::string escaped;
    for (const char c : word) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                           std::string_view("-_./:,=@%+").find(c) != std::string_view::npos;
        escaped.append(plain ? 0 : 1, '\\').push_back(c);
    }
    return escaped;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + shell_word(word);
    return text;
}

/// Inside single quotes of any of the three shells.
std::string in_quotes(std::string text) {
    for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 4) text.replace(at, 1, "'\\''");
    return text;
}

/// The names of all options, or of those that take a value.
std::string flags(const CommandRow& command, bool valued) {
    std::vector<std::string> names;
    for (const OptionRow& option : command.options)
        if (!option.operand && (!valued || !option.argument.empty()))
            names.insert(names.end(), option.names.begin(), option.names.end());
    return joined(names);
}

/// The colon of zoo:NAME and the sign of --option=VALUE end words for bash, not for attest; so the line is read anew.
/// Operands are counted, since the second one of `zoo show` is another thing than the first.
const char* const bash_script = R"(# bash completion of attest, made by `attest completion bash`
_attest() {
  local line=${COMP_LINE:0:COMP_POINT} typed= before command position=0 k flags= valued= choices= prefix=
  local -a words
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] || { typed=${words[-1]}; unset 'words[-1]'; }
  command=${words[1]-}
  if (( ${#words[@]} <= 1 )); then mapfile -t COMPREPLY < <(compgen -W '@names@' -- "$typed"); return; fi
  before=${words[-1]}
  case $command in
@flags@  esac
  for (( k = 2; k < ${#words[@]}; ++k )); do
    if [[ " $valued " == *" ${words[k]} "* ]]; then (( ++k )); elif [[ ${words[k]} != -* ]]; then (( ++position )); fi
  done
  if [[ $typed == --*=* ]]; then before=${typed%%=*} prefix=${typed%%=*}= typed=${typed#*=}; fi
  if [[ -z $prefix && $typed == -* ]]; then mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$typed"); return; fi
  [[ " $valued " == *" $before "* ]] || before=$position
  case "$command $before" in
@choices@  esac
  mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$typed"; compgen -f -- "$typed")
  [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${COMPREPLY[@]/#/"$prefix"}")
  [[ $typed == *:* && $COMP_WORDBREAKS == *:* ]] && COMPREPLY=("${COMPREPLY[@]#"${typed%"${typed##*:}"}"}")
  return 0
}
complete -o filenames -F _attest attest
)";

void replace(std::string& text, const std::string& mark, const std::string& by) {
    text.replace(text.find(mark), mark.size(), by);
}

std::string bash(const std::vector<CommandRow>& table) {
    std::string names, options, values;
    for (const CommandRow& command : table) {
        names += (names.empty() ? "" : " ") + command.name;
        options += fmt::format("    {}) flags='{}' valued='{}' ;;\n", command.name, flags(command, false),
                               flags(command, true));
        std::size_t position = 0;
        for (const OptionRow& option : command.options) {
            std::vector<std::string> places = option.names;
            if (option.operand) places = {option.list ? "[0-9]*" : std::to_string(position++)};
            const auto known = choices(table, command, option);
            for (const std::string& place : places)
                if (!known.empty())
                    values +=
                        fmt::format("    '{} '{}) choices='{}' ;;\n", command.name, place, in_quotes(joined(known)));
        }
    }
    std::string script = bash_script;
    replace(script, "@names@", names);
    replace(script, "@flags@", options);
    replace(script, "@choices@", values);
    return script;
}

/// Inside an entry of zsh's _arguments, where brackets and colons mean something.
std::string in_entry(const std::string& words) {
    std::string escaped;
    for (const char c : words) escaped.append(c == '[' || c == ']' || c == ':' ? 1 : 0, '\\').push_back(c);
    return in_quotes(escaped);
}

/// What zsh does to complete an argument.
std::string zsh_action(const std::vector<std::string>& known, bool operand) {
    if (known.empty()) return "_files";
    return operand ? fmt::format("{{ compadd -- {} ; _files }}", in_entry(joined(known)))
                   : fmt::format("({})", in_entry(joined(known)));
}

std::string zsh(const std::vector<CommandRow>& table) {
    std::string script =
        "#compdef attest\n# zsh completion of attest, made by `attest completion zsh`\nlocal -a commands\ncommands=(\n";
    for (const CommandRow& command : table)
        script += fmt::format("  '{}:{}'\n", command.name, in_entry(command.summary));
    script += ")\nif (( CURRENT == 2 )); then _describe command commands; return; fi\ncase $words[2] in\n";
    for (const CommandRow& command : table) {
        script += fmt::format("  {})\n    (( CURRENT-- )); shift words\n    _arguments -S", command.name);
        std::size_t position = 1;
        for (const OptionRow& option : command.options) {
            const std::string action = zsh_action(choices(table, command, option), option.operand);
            if (option.operand) {
                script += fmt::format(" \\\n      '{}:{}:{}'", option.list ? "*" : std::to_string(position++),
                                      option.names[0], action);
                continue;
            }
            for (const std::string& name : option.names)
                script += fmt::format(
                    " \\\n      '{}[{}]{}'", name, in_entry(option.description),
                    option.argument.empty() ? "" : fmt::format(":{}:{}", in_entry(option.argument), action));
        }
        script += " ;;\n";
    }
    return script + "esac\n";
}

std::string fish(const std::vector<CommandRow>& table) {
    std::string script = "# fish completion of attest, made by `attest completion fish`\n";
    for (const CommandRow& command : table)
        script += fmt::format("complete -c attest -n __fish_use_subcommand -f -a {} -d '{}'\n", command.name,
                              in_quotes(command.summary));
    for (const CommandRow& command : table) {
        const std::string when = fmt::format("complete -c attest -n '__fish_seen_subcommand_from {}'", command.name);
        for (const OptionRow& option : command.options) {
            const auto known = choices(table, command, option);
            if (option.operand) {
                if (!known.empty()) script += fmt::format("{} -a '{}'\n", when, in_quotes(joined(known)));
                continue;
            }
            std::string names;
            for (const std::string& name : option.names)
                names += fmt::format(" -{} {}", name.starts_with("--") ? "l" : "s",
                                     name.substr(name.find_first_not_of('-')));
            script += fmt::format("{}{}{}{} -d '{}'\n", when, names, option.argument.empty() ? "" : " -r",
                                  known.empty() ? "" : fmt::format(" -f -a '{}'", in_quotes(joined(known))),
                                  in_quotes(option.description));
        }
    }
    return script;
}

class Completion : public Command {
  public:
    std::string name() const override { return "completion"; }
    std::string summary() const override { return "A completion script for bash, zsh or fish"; }
    std::vector<std::string> examples() const override {
        return {"attest completion bash > ~/.local/share/bash-completion/completions/attest",
                "attest completion zsh > ~/.zfunc/_attest",
                "attest completion fish > ~/.config/fish/completions/attest.fish"};
    }
    void declare(CLI::App& app) override {
        app.add_option("SHELL", shell_, "bash, zsh or fish")->required();
        root_ = app.get_parent();
    }

    int run(Session& session) override {
        const auto table = option_table(*root_);
        if (shell_ != "bash" && shell_ != "zsh" && shell_ != "fish")
            throw base::UsageError(
                fmt::format("completion: expected bash, zsh or fish, found '{}'", base::printable(shell_)));
        const std::string script = shell_ == "bash" ? bash(table) : shell_ == "zsh" ? zsh(table) : fish(table);
        session.print_verbatim(script);
        session.print_json(record::write(record::Completion{shell_, script}));
        return success;
    }

  private:
    std::string shell_;
    const CLI::App* root_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_completion() { return std::make_unique<Completion>(); }

}  // namespace attest::cli
