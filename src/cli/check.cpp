#include <fmt/format.h>

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
        int status = success;
        nlohmann::ordered_json results = nlohmann::ordered_json::array();
        std::string unreadable;
        for (const std::string& directory : directories_) {
            const checker::Report report = checker::check(directory);
            if (!report.readable) {
                unreadable += fmt::format("attest: {}: {}\n", directory, report.reason);
            } else if (report.accepted) {
                session.print(fmt::format("VERIFIED {}: {} ({}) in {:.2f} s\n", directory, report.claim, report.evidence, report.seconds));
            } else {
                session.print(fmt::format("REFUTED {}: obligation {} fails at {}: {}\n", directory, report.obligation, report.place, report.reason));
                if (status == success) status = refuted;
            }
            results.push_back(to_json(report, directory));
        }
        session.print_json({{"command", "check"}, {"results", std::move(results)}});
        if (unreadable.empty()) return status;
        session.flush();
        fmt::print(stderr, "{}", unreadable);
        return bad_input;
    }

  private:
    static nlohmann::ordered_json to_json(const checker::Report& report, const std::string& directory) {
        nlohmann::ordered_json entry = {{"certificate", directory}, {"accepted", report.accepted}};
        if (report.accepted) {
            entry["claim"] = report.claim;
            entry["evidence"] = report.evidence;
            entry["assumptions"] = report.assumptions;
            entry["digest"] = report.digest;
        } else {
            if (report.readable) entry["obligation"] = report.obligation;
            entry["place"] = report.place;
            entry["reason"] = report.reason;
        }
        entry["seconds"] = report.seconds;
        return entry;
    }

    std::vector<std::string> directories_;
};

}  // namespace

std::unique_ptr<Command> make_check() { return std::make_unique<Check>(); }

}  // namespace attest::cli
