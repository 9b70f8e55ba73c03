#include "choices.hpp"

#include <algorithm>
#include <functional>

#include "attest/formats/import.hpp"
#include "attest/language/language.hpp"
#include "attest/programs/zoo.hpp"
#include "claims.hpp"
#include "import_program.hpp"
#include "programs/zoo/zoo_programs.hpp"
#include "report/bibliography.hpp"

namespace attest::cli {

namespace {

using Words = std::vector<std::string>;

Words constructions(const std::string& prefix) {
    Words names;
    for (const programs::ZooEntry& entry : programs::zoo())
        for (const std::string& example : entry.examples) names.push_back(prefix + example);
    for (const programs::ZooProgram& program : programs::zoo_programs()) names.push_back(prefix + program.name);
    return names;
}

/// `parity` as it is, `mod:M,R` as its example, `dfa:FILE` up to the file.
Words languages() {
    Words names;
    for (const language::LanguageInfo& info : language::catalogue()) {
        const std::size_t word = info.example.find(": ");
        const bool parameters =
            std::any_of(info.syntax.begin(), info.syntax.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
        names.push_back(!parameters                 ? info.syntax
                        : word != std::string::npos ? info.example.substr(0, word)
                                                    : info.syntax.substr(0, info.syntax.find(':') + 1));
    }
    return names;
}

Words import_families() {
    Words names = formats::import::family_names();
    for (const std::string& family : program_families()) names.push_back(family);
    return names;
}

/// What has a page of the manual.
Words pages(const std::vector<CommandRow>& table) {
    Words names = {"model-format", "certificate-format"};
    for (const CommandRow& command : table) names.push_back(command.name);
    return names;
}

/// Where an option stands, `*` for every command, and what it takes.
struct Rule {
    const char* command;
    const char* option;
    std::function<Words()> words;
};

std::function<Words()> fixed(Words words) {
    return [words] { return words; };
}

const std::vector<Rule>& rules() {
    static const std::vector<Rule> all = {
        {"*", "MODEL", [] { return constructions("zoo:"); }},
        {"equal", "OTHER", [] { return constructions("zoo:"); }},
        {"*", "--language", languages},
        {"*", "LANGUAGE", languages},
        {"*", "--solver", fixed({"cadical", "cryptominisat", "z3"})},
        {"*", "--form", fixed({"constant-depth", "compact"})},
        {"prove", "--method", fixed({"automatic", "circuit", "exhaustion", "cutting-planes"})},
        {"import", "--from", import_families},
        {"import", "--read", fixed({"first", "last", "each", "mean", "sum"})},
        {"export", "--to", fixed({"brasp", "crasp", "torch"})},
        {"equal", "--method", fixed({"automatic", "circuit", "exhaustion"})},
        {"accuracy", "--method", fixed({"automatic", "exhaustion", "circuit", "sample"})},
        {"ablate", "--method", fixed({"automatic", "sets", "solver"})},
        {"emerge", "--method", fixed({"automatic", "enumeration", "diagram"})},
        {"restrict", "--method", fixed({"automatic", "enumeration", "search"})},
        {"influence", "--float", fixed({"binary32", "binary64"})},
        {"threshold", "--read", fixed({"end", "last"})},
        {"threshold", "--mask", fixed({"none", "strict"})},
        {"threshold", "--positions", fixed({"visible", "none"})},
        {"threshold", "--key-dimension", fixed({"1"})},
        {"zoo", "ACTION", fixed({"list", "show", "export"})},
        {"zoo", "NAME", [] { return constructions(""); }},
        {"ledger", "ACTION", fixed({"run", "list", "show", "cite", "table"})},
        {"jobs", "ACTION", fixed({"list", "show", "resume"})},
        {"*", "--on", fixed({"threads", "local", "slurm", "join"})},
        {"ledger", "WHICH", claim_ids},
        {"ledger", "--only", claim_ids},
        {"cite", "KEY", report::bibliography_keys},
        {"completion", "SHELL", fixed({"bash", "zsh", "fish"})},
    };
    return all;
}

}  // namespace

std::vector<std::string> choices(const std::vector<CommandRow>& table, const CommandRow& command,
                                 const OptionRow& option) {
    const auto has = [&](const std::string& name) {
        return std::find(option.names.begin(), option.names.end(), name) != option.names.end();
    };
    for (const Rule& rule : rules())
        if ((rule.command == std::string("*") || rule.command == command.name) && has(rule.option)) return rule.words();
    return command.name == "manual" && has("COMMAND") ? pages(table) : Words();
}

}  // namespace attest::cli
