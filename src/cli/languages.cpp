#include <fmt/format.h>

#include "attest/language/language.hpp"
#include "command.hpp"
#include "record/lists.hpp"

namespace attest::cli {

namespace {

class Languages : public Command {
  public:
    std::string name() const override { return "languages"; }
    std::string summary() const override { return "List the languages, their alphabets and definitions"; }
    std::vector<std::string> examples() const override { return {"attest languages", "attest languages --json"}; }
    void declare(CLI::App&) override {}

    int run(Session& session) override {
        record::Languages record;
        for (const language::LanguageInfo& info : language::catalogue()) {
            session.print(fmt::format("{:20} {:16} {}\n", info.syntax, info.alphabet, info.definition));
            record.languages.push_back({info.syntax, info.alphabet, info.definition, info.example});
        }
        session.print_json(record::write(record));
        return success;
    }
};

}  // namespace

std::unique_ptr<Command> make_languages() { return std::make_unique<Languages>(); }

}  // namespace attest::cli
