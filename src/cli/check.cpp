#include <fmt/format.h>

#include <filesystem>

#include "attest/base/text.hpp"
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
                unreadable += fmt::format("attest: {}: {}\n", directory, line(report.reason));
            } else {
                session.print(line(headline(directory, report)) + "\n");
                if (!report.accepted) status = refuted;
                for (const checker::Report& part : report.parts)
                    if (part.accepted) session.print("  " + line(headline(std::filesystem::path(part.directory).filename(), part)) + "\n");
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
    /// What a certificate says, such that it cannot fake a line of its own or steer a terminal.
    static std::string line(const std::string& text) { return base::printable(text, 2000); }

    static std::string headline(const std::string& directory, const checker::Report& report) {
        if (report.accepted) return fmt::format("VERIFIED {}: {} ({}) in {:.2f} s", directory, report.claim, report.evidence, report.seconds);
        return fmt::format("REFUTED {}: obligation {} fails at {}: {}", directory, report.obligation, report.place, report.reason);
    }

    static nlohmann::ordered_json to_json(const checker::Report& report, const std::string& directory) {
        nlohmann::ordered_json entry = {{"certificate", directory}, {"accepted", report.accepted}};
        if (report.accepted) {
            entry["claim"] = report.claim;
            entry["evidence"] = report.evidence;
            entry["assumptions"] = report.assumptions;
            entry["digest"] = report.digest;
            for (const checker::Report& part : report.parts) entry["parts"].push_back(to_json(part, part.directory));
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
