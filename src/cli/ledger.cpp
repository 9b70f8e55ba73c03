#include "record/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/process.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "claims.hpp"
#include "command.hpp"
#include "ledger/add.hpp"
#include "ledger/citation.hpp"
#include "ledger/file.hpp"
#include "ledger/run.hpp"
#include "ledger/table.hpp"
#include "number.hpp"
#include "placement.hpp"

namespace attest::cli {

namespace {

namespace fs = std::filesystem;

record::Ledger::Claim claim_record(const ledger::Claim& claim) {
    record::Ledger::Claim entry{claim.id,
                                claim.statement,
                                ledger::command_line(claim),
                                claim.value,
                                to_string(claim.guarantee),
                                claim.source,
                                ledger::to_string(claim.standing),
                                {},
                                {},
                                {}};
    if (claim.last) {
        entry.seconds = claim.last->seconds;
        entry.memory_kib = claim.last->memory_kib;
        if (!claim.last->digest.empty()) entry.certificate = claim.last->digest;
    }
    return entry;
}

std::string bar(std::size_t done, std::size_t total) {
    constexpr std::size_t width = 24;
    const std::size_t full = done * width / total;
    return "[" + std::string(full, '#') + std::string(width - full, '.') + "]";
}

std::string line(const ledger::Outcome& outcome) {
    std::string text = fmt::format("{:10} {:44} {:8.2f} s", to_string(outcome.comparison), outcome.id, outcome.seconds);
    if (outcome.slower > 0) text += fmt::format("  slower (x{:.1f})", outcome.slower);
    return text + (outcome.why.empty() ? "" : "  " + outcome.why) + "\n";
}

class Ledger : public Command {
  public:
    std::string name() const override { return "ledger"; }
    std::string summary() const override {
        return "Claims that papers can cite: run, list, show ID, cite ID, table PATTERN, add ID";
    }
    std::vector<std::string> examples() const override {
        return {"attest ledger list 'parity-*'", "attest ledger run --jobs 2 --only 'parity-tree-*'",
                "attest ledger cite cc-parity-margin", "attest ledger table --latex 'threshold-*'"};
    }
    Uses uses() const override { return {.times_parts = true}; }
    void declare(CLI::App& app) override {
        app.add_option("ACTION", action_, "run, list (default), show, cite, table or add");
        app.add_option("WHICH", which_, "An id (show, cite, add) or a pattern of ids (run, list, table)");
        app.add_option("--only", only_, "The same as WHICH for run")->type_name("PATTERN");
        app.add_option("--jobs", jobs_, "run: claims that are worked on at a time (default 1)")
            ->transform(within(1U, 256U))
            ->type_name("K");
        app.add_option("--ledger", directory_, "Where the claims are (default: those that came with attest)")
            ->type_name("DIR");
        app.add_option("-o,--output", output_, "run: where results and certificates go (default out/ledger)")
            ->type_name("DIR");
        app.add_option("--data", data_,
                       "run: where files are that claims need and that do not come with attest (default: here)")
            ->type_name("DIR");
        app.add_option("--journal", journal_, "run, with --on: the folder in which outcomes are kept meanwhile")
            ->type_name("DIR");
        placement_.declare(app, "claims");
        app.add_flag("--update", update_, "run: record what was found in the claims");
        app.add_option("--command", added_.command,
                       "add: what follows attest, without --json and --certificate; quotes keep words together")
            ->type_name("WORDS");
        app.add_option("--statement", added_.statement, "add: the claim in a sentence, for people")->type_name("TEXT");
        app.add_option("--key", added_.key,
                       "add: where the value stands in the JSON of the command: /results/*/verdict")
            ->type_name("POINTER");
        app.add_option("--guarantee", added_.guarantee, "add: exact (default), lower or upper")
            ->check(CLI::IsMember({"exact", "lower", "upper"}))
            ->type_name("WHAT");
        app.add_option("--standing", added_.standing, "add: new (default), published, sharper or contradicts")
            ->check(CLI::IsMember({"new", "published", "sharper", "contradicts"}))
            ->type_name("WHAT");
        app.add_option("--source", added_.source, "add: a key of attest cite --list (default attest)")
            ->type_name("KEY");
        CLI::Option* latex = app.add_flag("--latex", latex_, "table: LaTeX with booktabs (default)");
        CLI::Option* markdown = app.add_flag("--markdown", markdown_, "table: Markdown")->excludes(latex);
        app.add_flag("--csv", csv_, "table: comma-separated values")->excludes(latex)->excludes(markdown);
    }

    int run(Session& session) override {
        const std::vector<std::string> actions = {"run", "list", "show", "cite", "table", "add"};
        if (std::find(actions.begin(), actions.end(), action_) == actions.end())
            throw base::UsageError(fmt::format("ledger: expected run, list, show, cite, table or add, found '{}'{}",
                                               base::printable(action_), base::perhaps(action_, actions)));
        if (action_ != "run" && (!journal_.empty() || placement_.is_asked()))
            throw base::UsageError("ledger: expected --journal and --on with run, found " + action_);
        if (directory_.empty()) directory_ = default_ledger();
        if (action_ == "add") return add(session);
        claims_ = ledger::read_ledger(directory_);
        if (action_ == "run") return run_claims(session);
        if (!only_.empty())
            throw base::UsageError("ledger: expected --only with run, found it with " + base::printable(action_));
        if (action_ == "list") return list(session);
        if (action_ == "table") return table(session);
        if (which_.empty())
            throw base::UsageError(fmt::format("ledger {}: expected the id of a claim, found none", action_));
        const ledger::Claim& claim = ledger::find(claims_, which_);
        return action_ == "show" ? show(session, claim) : cite(session, claim);
    }

  private:
    int list(Session& session) const {
        record::Ledger record;
        record.claims.emplace();
        for (const ledger::Claim& claim : ledger::select(claims_, which_)) {
            session.print(
                fmt::format("{:44} {:12} {}\n", claim.id, ledger::to_string(claim.standing), claim.statement));
            record.claims->push_back(claim_record(claim));
        }
        session.print_json(record::write(record));
        return success;
    }

    static int show(Session& session, const ledger::Claim& claim) {
        session.print(fmt::format("{}\n  {}\n  value      {} ({})\n  status     {}\n  source     {}\n  re-prove   {}\n",
                                  claim.id, claim.statement, claim.value, to_string(claim.guarantee),
                                  ledger::to_string(claim.standing), claim.source, ledger::command_line(claim)));
        for (const ledger::Need& need : claim.needs)
            session.print(fmt::format("  needs      {}, SHA-256 {}\n", need.file, need.sha256));
        if (claim.last) {
            session.print(fmt::format("  last time  {:.2f} s, {:.0f} MiB\n", claim.last->seconds,
                                      static_cast<double>(claim.last->memory_kib) / 1024));
            if (!claim.last->digest.empty())
                session.print(fmt::format("  evidence   certificate, manifest {}\n", claim.last->digest));
        }
        record::Ledger record;
        record.claim = claim_record(claim);
        session.print_json(record::write(record));
        return success;
    }

    static int cite(Session& session, const ledger::Claim& claim) {
        const std::string text = ledger::citation(claim);
        session.print_verbatim(text);
        record::Ledger record;
        record.id = claim.id;
        record.bibtex = text;
        session.print_json(record::write(record));
        return success;
    }

    int table(Session& session) const {
        const auto chosen = ledger::select(claims_, which_);
        const std::string text = csv_        ? ledger::csv_table(chosen)
                                 : markdown_ ? ledger::markdown_table(chosen)
                                             : ledger::latex_table(chosen);
        session.print_verbatim(text);
        record::Ledger record;
        record.table = text;
        session.print_json(record::write(record));
        return success;
    }

    /// The command is run, and what it says is recorded.
    int add(Session& session) const {
        ledger::Claim claim = ledger::draft(which_, added_);
        const fs::path path = fs::path(directory_) / (claim.id + ".json");
        if (fs::exists(path))
            throw base::UsageError(
                fmt::format("ledger add: expected an id of its own, found {}", base::printable(path.string())));
        const base::Limits limits = session.limits();
        ledger::RunSettings settings{
            .program = base::own_path(), .directory = output_ + "/add-" + claim.id, .data = data_};
        if (session.options.timeout > 0) settings.timeout = session.options.timeout;
        settings.interrupted = limits.interrupted;
        session.progress(ledger::command_line(claim));
        claim = ledger::established(std::move(claim), settings);
        std::error_code ignored;
        fs::create_directories(directory_, ignored);
        base::write_file(path.string(), ledger::write_claim(claim));
        session.print(fmt::format("ADDED {}: {} ({}), {:.2f} s{}\n", base::printable(path.string()), claim.value,
                                  to_string(claim.guarantee), claim.last->seconds,
                                  claim.certificate ? ", certificate in " + base::printable(settings.directory) : ""));
        record::Ledger record;
        record.claim = claim_record(claim);
        session.print_json(record::write(record));
        return success;
    }

    int run_claims(Session& session) {
        const auto chosen = ledger::select(claims_, only_.empty() ? which_ : only_);
        const Splittable search{journal_, chosen.size(), true, jobs_};
        if (const auto status = placement_.elsewhere(session, search)) return *status;
        if (!journal_.empty() && !placement_.is_asked())
            throw base::UsageError("ledger run: expected --on with --journal; a run goes on from --output by itself");
        const base::Limits limits = session.limits();
        ledger::RunSettings settings{.program = base::own_path(),
                                     .directory = output_,
                                     .data = data_,
                                     .jobs = jobs_,
                                     .journal = journal_,
                                     .share = placement_.share()};
        if (session.options.timeout > 0) settings.timeout = session.options.timeout;
        settings.interrupted = limits.interrupted;
        settings.progress = [&](const ledger::Outcome& outcome, std::size_t done, std::size_t total) {
            session.progress(fmt::format("{} {}/{} {} {}", bar(done, total), done, total, outcome.id,
                                         to_string(outcome.comparison)));
        };
        const ledger::RunResult result = ledger::run(chosen, settings);
        if (placement_.is_part()) return placement_.end_of_part(session, search, false);
        if (update_) update(result.outcomes);
        return tell(session, result, chosen.size());
    }

    /// What was found becomes what is recorded; claims that were not decided stay as they are.
    void update(const std::vector<ledger::Outcome>& outcomes) const {
        for (const ledger::Outcome& outcome : outcomes) {
            if (outcome.found.empty()) continue;
            ledger::Claim claim = ledger::find(claims_, outcome.id);
            if (outcome.comparison != ledger::Comparison::same) claim.value = outcome.found;
            claim.last = ledger::Claim::Last{outcome.seconds, outcome.memory_kib, outcome.certificate};
            base::write_file((fs::path(directory_) / (claim.id + ".json")).string(), ledger::write_claim(claim));
        }
    }

    int tell(Session& session, const ledger::RunResult& result, std::size_t asked) const {
        std::map<ledger::Comparison, std::size_t> count;
        std::size_t slower = 0;
        record::LedgerRun record{asked, result.resumed, result.interrupted, {}};
        std::string lines;
        for (const ledger::Outcome& outcome : result.outcomes) {
            ++count[outcome.comparison];
            slower += outcome.slower > 0 ? 1 : 0;
            lines += line(outcome);
            record.results.push_back({outcome.id, to_string(outcome.comparison), outcome.found, outcome.why,
                                      outcome.seconds, outcome.memory_kib, outcome.slower, outcome.certificate});
        }
        std::string summary = fmt::format("{} of {} claims: ", result.outcomes.size(), asked);
        for (const auto c : {ledger::Comparison::same, ledger::Comparison::sharper, ledger::Comparison::weaker,
                             ledger::Comparison::differs, ledger::Comparison::undecided, ledger::Comparison::skipped})
            if (c == ledger::Comparison::same || count[c] > 0)
                summary += fmt::format("{} {}, ", count[c], to_string(c));
        summary += fmt::format("{} slower{}{}", slower,
                               result.resumed > 0 ? fmt::format("; {} from an earlier run", result.resumed) : "",
                               result.interrupted ? "; interrupted, the same command goes on" : "");
        session.print(lines + summary + "\n  results " + output_ + "\n");
        session.print_json(record::write(record));
        if (count[ledger::Comparison::weaker] + count[ledger::Comparison::differs] > 0) return refuted;
        return result.interrupted || count[ledger::Comparison::undecided] > 0 ? undecided : success;
    }

    std::string action_ = "list", which_, only_, directory_, output_ = "out/ledger", data_ = ".", journal_;
    Placement placement_;
    unsigned jobs_ = 1;
    ledger::Draft added_;
    bool update_ = false, latex_ = false, markdown_ = false, csv_ = false;
    std::vector<ledger::Claim> claims_;
};

}  // namespace

std::unique_ptr<Command> make_ledger() { return std::make_unique<Ledger>(); }

}  // namespace attest::cli
