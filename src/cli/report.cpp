#include <fmt/format.h>

#include "attest/base/file.hpp"
#include "attest/verdict/verdict.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "record/lists.hpp"
#include "report/page.hpp"

namespace attest::cli {

namespace {

class Report : public Command {
  public:
    std::string name() const override { return "report"; }
    std::string summary() const override {
        return "One HTML page from certificates, which are checked again, and results";
    }
    std::vector<std::string> examples() const override {
        return {"attest report out/c1 -o report.html",
                "attest report out/c1 out/r -o report.html --title 'Two layers, one head'"};
    }
    Uses uses() const override { return {.threads = "Certificates that are checked at a time"}; }
    void declare(CLI::App& app) override {
        app.add_option("DIR", directories_,
                       "Certificates, or folders of certificates, of *.json outputs and of results.jsonl")
            ->required();
        app.add_option("-o,--output", output_, "The page to write")->required()->type_name("FILE");
        app.add_option("--title", options_.title, "Its title")->type_name("TEXT");
        app.add_option("--date", options_.date, "A date to print on it; it has none of its own")->type_name("TEXT");
    }

    int run(Session& session) override {
        report::Sources sources = report::read_sources(directories_);
        const base::Limits limits = session.limits();
        report::check_sources(sources, session.options.threads, limits, [&](std::size_t done, std::size_t all) {
            session.progress(fmt::format("checked {} of {} certificates", done, all));
        });
        const auto stopped = limits.exceeded();
        if (stopped)
            session.note(fmt::format("stopped before all certificates were checked: {}",
                                     verdict::to_string(verdict::reason_of(*stopped))));
        for (const std::string& path : sources.left_out)
            session.note(base::printable(path) + " is no result and is left out");
        session.progress("writing the page");
        const std::string page = report::write_page(sources, options_);
        base::write_file(output_, page);
        const report::Tally tally = count(sources);
        for (const report::Certificate& certificate : sources.certificates) tell_refusals(session, certificate);
        session.print(
            fmt::format("{}: verified {}, refuted {}, refused {}, not checked {}; outputs {}, ledger rows {}\n",
                        output_, tally.verified, tally.refuted, tally.refused, tally.not_checked,
                        sources.outputs.size(), tally.ledger_rows));
        record::Report record{output_,
                              page.size(),
                              tally.verified,
                              tally.refuted,
                              tally.refused,
                              tally.not_checked,
                              sources.outputs.size(),
                              tally.ledger_rows,
                              tally.missing,
                              {}};
        if (stopped) record.reason = verdict::to_string(verdict::reason_of(*stopped));
        session.print_json(record::write(record));
        if (tally.refused > 0) return bad_input;
        return tally.not_checked + tally.missing > 0 ? undecided : success;
    }

  private:
    static void tell_refusals(Session& session, const report::Certificate& certificate) {
        if (certificate.standing == report::Standing::refused)
            session.note(fmt::format("{} is refused: obligation {} fails at {}: {}", base::printable(certificate.path),
                                     certificate.obligation, base::printable(certificate.place, 200),
                                     base::printable(certificate.reason, 400)));
        for (const report::Certificate& part : certificate.parts) tell_refusals(session, part);
    }

    std::vector<std::string> directories_;
    std::string output_;
    report::PageOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_report() { return std::make_unique<Report>(); }

}  // namespace attest::cli
