#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"
#include "attest/language/language.hpp"
#include "attest/model/zoo.hpp"
#include "command.hpp"
#include "option_table.hpp"

namespace attest::cli {

namespace {

/// What can follow an option or stand as an operand, beside files: computed once, when the script is made.
std::vector<std::string> models() {
    std::vector<std::string> names;
    for (const model::ZooEntry& entry : model::zoo())
        for (const std::string& example : entry.examples) names.push_back("zoo:" + example);
    return names;
}

std::vector<std::string> languages() {
    std::vector<std::string> names;
    for (const language::LanguageInfo& info : language::catalogue()) names.push_back(info.example);
    return names;
}

std::vector<std::string> choices(const OptionRow& option) {
    for (const std::string& name : option.names) {
        if (name == "MODEL") return models();
        if (name == "--language" || name == "LANGUAGE") return languages();
        if (name == "--solver") return {"cadical", "cryptominisat", "z3"};
        if (name == "--form") return {"constant-depth", "compact"};
    }
    return {};
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

/// Inside single quotes of any of the three shells.
std::string in_quotes(std::string text) {
    for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 4) text.replace(at, 1, "'\\''");
    return text;
}

std::vector<std::string> flags(const CommandRow& command) {
    std::vector<std::string> names;
    for (const OptionRow& option : command.options)
        if (!option.operand) names.insert(names.end(), option.names.begin(), option.names.end());
    return names;
}

std::vector<std::string> operands(const CommandRow& command) {
    std::vector<std::string> words;
    for (const OptionRow& option : command.options)
        if (option.operand)
            for (const std::string& word : choices(option)) words.push_back(word);
    return words;
}

/// The colon of zoo:NAME splits words for bash, not for attest.
const char* const bash_script = R"(# bash completion of attest, made by `attest completion bash`
_attest() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} flags= words=
  local line=${COMP_LINE:0:COMP_POINT}; local typed=${line##* } prefix=; [[ $typed == *:* ]] && prefix=${typed%"${typed##*:}"}
  if [[ $COMP_CWORD == 1 ]]; then COMPREPLY=($(compgen -W '@names@' -- "$current")); return; fi
  case $command in
@cases@  esac
  if [[ $current == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$current")); return; fi
  case "$command $before" in
@values@  esac
  COMPREPLY=($(compgen -W "$words" -- "$typed") $(compgen -f -- "$current"))
  COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
}
complete -o filenames -F _attest attest
)";

void replace(std::string& text, const std::string& mark, const std::string& by) { text.replace(text.find(mark), mark.size(), by); }

std::string bash(const std::vector<CommandRow>& table) {
    std::string names, cases, values;
    for (const CommandRow& command : table) {
        names += (names.empty() ? "" : " ") + command.name;
        cases += fmt::format("    {}) flags='{}' words='{}' ;;\n", command.name, joined(flags(command)), in_quotes(joined(operands(command))));
        for (const OptionRow& option : command.options)
            if (const auto known = choices(option); !option.operand && !known.empty())
                values += fmt::format("    '{} {}') words='{}' ;;\n", command.name, option.names.back(), in_quotes(joined(known)));
    }
    std::string script = bash_script;
    replace(script, "@names@", names);
    replace(script, "@cases@", cases);
    replace(script, "@values@", values);
    return script;
}

/// Inside an entry of zsh's _arguments, where brackets and colons mean something.
std::string in_entry(const std::string& words) {
    std::string escaped;
    for (const char c : words) escaped.append(c == '[' || c == ']' || c == ':' ? 1 : 0, '\\').push_back(c);
    return in_quotes(escaped);
}

std::string in_entries(std::vector<std::string> words) {
    for (std::string& word : words) word = in_entry(word);
    return joined(words);
}

std::string zsh(const std::vector<CommandRow>& table) {
    std::string script = "#compdef attest\n# zsh completion of attest, made by `attest completion zsh`\nlocal -a commands\ncommands=(\n";
    for (const CommandRow& command : table) script += fmt::format("  '{}:{}'\n", command.name, in_entry(command.summary));
    script += ")\nif (( CURRENT == 2 )); then _describe command commands; return; fi\ncase $words[2] in\n";
    for (const CommandRow& command : table) {
        script += fmt::format("  {})\n    (( CURRENT-- )); shift words\n    _arguments -S", command.name);
        for (const OptionRow& option : command.options) {
            if (option.operand) continue;
            const auto known = choices(option);
            const std::string action = known.empty() ? "_files" : fmt::format("({})", in_entries(known));
            for (const std::string& name : option.names)
                script += fmt::format(" \\\n      '{}[{}]{}'", name, in_entry(option.description), option.argument.empty() ? "" : fmt::format(":{}:{}", in_entry(option.argument), action));
        }
        script += fmt::format(" \\\n      '*:operand:{{ compadd -- {} ; _files }}' ;;\n", in_entries(operands(command)));
    }
    return script + "esac\n";
}

std::string fish(const std::vector<CommandRow>& table) {
    std::string script = "# fish completion of attest, made by `attest completion fish`\n";
    for (const CommandRow& command : table) script += fmt::format("complete -c attest -n __fish_use_subcommand -f -a {} -d '{}'\n", command.name, in_quotes(command.summary));
    for (const CommandRow& command : table) {
        const std::string when = fmt::format("complete -c attest -n '__fish_seen_subcommand_from {}'", command.name);
        for (const OptionRow& option : command.options) {
            if (option.operand) continue;
            std::string names;
            for (const std::string& name : option.names) names += fmt::format(" -{} {}", name.starts_with("--") ? "l" : "s", name.substr(name.find_first_not_of('-')));
            const auto known = choices(option);
            script += fmt::format("{}{}{}{} -d '{}'\n", when, names, option.argument.empty() ? "" : " -r", known.empty() ? "" : fmt::format(" -f -a '{}'", in_quotes(joined(known))),
                                  in_quotes(option.description));
        }
        if (const auto words = operands(command); !words.empty()) script += fmt::format("{} -a '{}'\n", when, in_quotes(joined(words)));
    }
    return script;
}

class Completion : public Command {
  public:
    std::string name() const override { return "completion"; }
    std::string summary() const override { return "A completion script for bash, zsh or fish"; }
    std::vector<std::string> examples() const override {
        return {"attest completion bash > /etc/bash_completion.d/attest", "attest completion zsh > ~/.zfunc/_attest", "attest completion fish > ~/.config/fish/completions/attest.fish"};
    }
    void declare(CLI::App& app) override {
        app.add_option("SHELL", shell_, "bash, zsh or fish")->required();
        root_ = app.get_parent();
    }

    int run(Session& session) override {
        const auto table = option_table(*root_);
        if (shell_ != "bash" && shell_ != "zsh" && shell_ != "fish") throw base::UsageError(fmt::format("completion: expected bash, zsh or fish, found '{}'", base::printable(shell_)));
        const std::string script = shell_ == "bash" ? bash(table) : shell_ == "zsh" ? zsh(table) : fish(table);
        session.print(script);
        session.print_json({{"command", "completion"}, {"shell", shell_}, {"script", script}});
        return success;
    }

  private:
    std::string shell_;
    const CLI::App* root_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_completion() { return std::make_unique<Completion>(); }

}  // namespace attest::cli
