#include "record/check.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "checker/checker.hpp"
#include "command.hpp"

namespace attest::cli {

namespace {

class Check : public Command {
  public:
    std::string name() const override { return "check"; }
    std::string summary() const override { return "Re-check certificates, without a solver"; }
    std::vector<std::string> examples() const override { return {"attest check out/c1", "attest check out/* --json"}; }
    void declare(CLI::App& app) override {
        app.add_option("CERTIFICATE", directories_, "Directories with a manifest.json")->required();
    }

    int run(Session& session) override {
        std::vector<checker::Report> reports;
        record::Check record;
        std::string unreadable;
        const checker::Options options = options_of(session.limits());
        for (const std::string& directory : directories_) {
            const checker::Report report = checker::check(directory, options);
            if (!report.readable)
                unreadable += fmt::format("attest: {}: {}\n", base::printable(directory, 2000),
                                          base::printable(report.reason, 2000));
            else
                for (const std::string& line : lines(report)) session.print(line + "\n");
            record.results.push_back(record::checked(directory, report));
            reports.push_back(report);
        }
        session.print_json(record::write(record));
        session.flush();
        fmt::print(stderr, "{}", unreadable);
        return checker::exit_status(reports);
    }

  private:
    static checker::Options options_of(const base::Limits& limits) {
        return {.deadline = limits.deadline, .memory = limits.memory_bytes, .stop = limits.interrupted};
    }

    std::vector<std::string> directories_;
};

}  // namespace

std::unique_ptr<Command> make_check() { return std::make_unique<Check>(); }

}  // namespace attest::cli
