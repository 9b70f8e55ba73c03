#include <fmt/format.h>

#include "attest/language/task.hpp"
#include "command.hpp"
#include "record/lists.hpp"

namespace attest::cli {

namespace {

class Tasks : public Command {
  public:
    std::string name() const override { return "tasks"; }
    std::string summary() const override { return "List the tasks of programs and their definitions"; }
    std::vector<std::string> examples() const override { return {"attest tasks", "attest tasks --json"}; }
    void declare(CLI::App&) override {}

    int run(Session& session) override {
        record::Tasks record;
        for (const language::TaskInfo& info : language::tasks()) {
            session.print(fmt::format("{:14} {}\n", info.syntax, info.definition));
            record.tasks.push_back({info.syntax, info.definition, info.example});
        }
        session.print_json(record::write(record));
        return success;
    }
};

}  // namespace

std::unique_ptr<Command> make_tasks() { return std::make_unique<Tasks>(); }

}  // namespace attest::cli
