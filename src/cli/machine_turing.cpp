#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/verdict/verdict.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "certify/simulation.hpp"
#include "keep.hpp"
#include "machine_file.hpp"
#include "machine_options.hpp"
#include "record/machine.hpp"

// `attest machine` with a Turing machine.

namespace attest::cli {

namespace {

using certify::Simulated;

class TuringActions {
  public:
    explicit TuringActions(const MachineOptions& options) : options_(options) { load(); }

    int run(Session& session) {
        if (options_.action == "run") return run_both(session);
        if (options_.action == "export") return write_network(session);
        if (options_.action == "prove") return prove(session);
        return round(session);
    }

  private:
    void load() {
        MachineFile file = load_machine(options_.machine, options_.accept);
        spelled_ = options_.word.empty() && file.word ? *file.word : base::code_points(options_.word, "--word");
        subject_.machine = std::move(file.machine);
        subject_.machine_bytes = std::move(file.bytes);
        subject_.normal = machines::normal_form(subject_.machine);
        if (options_.network.empty()) {
            subject_.network.network = machines::perez_network(subject_.normal);
            subject_.network.bytes = formats::write_seq2seq(subject_.network.network);
        } else {
            subject_.network = formats::read_seq2seq(options_.network);
        }
    }

    std::string title() const { return base::named(subject_.machine.name); }
    const network::Seq2seq& network() const { return subject_.network.network; }
    std::string sizes() const {
        return fmt::format("dimension {}, {} weights", network().dimension, network().weights());
    }

    record::Machine record(const Session& session) const {
        record::Machine record;
        record.action = options_.action;
        record.machine = subject_.machine.name;
        record.kind = "turing";
        record.seconds = session.seconds();
        return record;
    }

    std::string spelled_word() const {
        std::string text;
        for (const std::string& symbol : spelled_) text += symbol;
        return text;
    }

    int run_both(Session& session) {
        for (const std::string& note : subject_.machine.notes) session.note(note);
        const std::uint64_t steps = options_.steps.value_or(100);
        machines::Comparison c;
        if (options_.alone) c = run_alone(session, steps);
        else c = machines::compare(network(), subject_.normal, spelled_, steps, session.limits());
        record::Machine record = this->record(session);
        record.word = spelled_word();
        record.run = record::machine_run(c, !options_.alone);
        if (!options_.alone) record.network = record::network_of_machine(network());
        session.print(run_text(c));
        if (c.stopped) note_stop(session, c.steps, *c.stopped);
        if (options_.trace) {
            record.run->trace = trace(c.steps);
            for (const std::string& line : *record.run->trace) session.print_verbatim(line + "\n");
        }
        session.print_json(record::write(record));
        if (c.wrong) return refuted;
        return c.stopped ? undecided : success;
    }

    static void note_stop(Session& session, std::size_t steps, base::Limit limit) {
        session.note(
            fmt::format("stopped after {}: {}", base::counted(steps, "step"), to_string(verdict::reason_of(limit))));
    }

    machines::Comparison run_alone(const Session& session, std::uint64_t steps) const {
        machines::Comparison c;
        machines::TuringRun run(subject_.normal, subject_.normal.symbols_of(spelled_));
        constexpr std::size_t between_looks = 4096;
        for (;; run.step()) {
            if (!c.accepted && run.accepts()) c.accepted = run.time();
            c.steps = run.time();
            if (run.time() == steps) return c;
            if (run.time() % between_looks == 0 && (c.stopped = session.limits().exceeded())) return c;
        }
    }

    std::vector<std::string> trace(std::size_t steps) const {
        std::vector<std::string> lines;
        machines::TuringRun run(subject_.normal, subject_.normal.symbols_of(spelled_));
        for (;; run.step()) {
            lines.push_back(machines::trace_line(subject_.normal, run.time(), run.moment()));
            lines.back().pop_back();
            if (run.time() == steps) return lines;
        }
    }

    std::string run_text(const machines::Comparison& c) const {
        const auto when = [](const std::optional<std::size_t>& time) {
            return time ? fmt::format("accepts at time {}", *time) : std::string("does not accept");
        };
        std::string text = fmt::format(
            "{} on {}: {}, {}\n", title(), base::quoted(spelled_word()), when(c.accepted),
            c.stopped ? fmt::format("stopped after {} steps", c.steps) : base::counted(c.steps, "step") + " taken");
        if (options_.alone) return text;
        if (c.wrong)
            return text + fmt::format("  the network ({}) is wrong at time {}: {}\n", sizes(), *c.wrong, c.why);
        return text + fmt::format("  the network ({}) is in the same configuration at all {} times, and {}\n", sizes(),
                                  c.steps + 1, when(c.network_accepted));
    }

    int write_network(Session& session) const {
        record::Machine record = this->record(session);
        record.network = record::network_of_machine(network());
        if (options_.output.empty()) {
            session.print_verbatim(subject_.network.bytes);
            record.document = base::Json::parse(subject_.network.bytes, "network");
        } else {
            base::write_file(options_.output, subject_.network.bytes);
            record.output = options_.output;
            session.print(fmt::format("WROTE {}: the network of {} ({})\n", options_.output, title(), sizes()));
        }
        session.print_json(record::write(record));
        return success;
    }

    int prove(Session& session) const {
        if (options_.all && (options_.length || options_.steps))
            throw base::UsageError("machine prove: --all is for every word and time, without --length and --steps");
        if (options_.length.has_value() != options_.steps.has_value())
            throw base::UsageError("machine prove: --length and --steps belong together; without them it is for ever");
        certify::Archive archive(options_.directory.empty() ? std::nullopt : std::optional(options_.directory));
        const Simulated s =
            certify::decide_simulation(subject_, {options_.length, options_.steps}, session.limits(), archive,
                                       [&](const std::string& what) { session.progress(what); });
        finish_certificate(session, archive, {""});
        session.print(proof_text(s));
        record::Machine record = this->record(session);
        record.network = record::network_of_machine(network());
        record.proof = record::machine_proof(s);
        session.print_json(record::write(record));
        return s.verdict.holds() ? success : s.verdict.fails() ? refuted : undecided;
    }

    std::string proof_text(const Simulated& s) const {
        const std::string scope =
            s.scope.length ? fmt::format("on all words of {} for {}", base::counted(*s.scope.length, "symbol"),
                                         base::counted(*s.scope.steps, "step"))
                           : "for ever on every word";
        const std::string subject = fmt::format("the network of {} ({})", title(), sizes());
        if (s.verdict.is_undecided())
            return fmt::format("UNDECIDED whether {} simulates it {}: {}: {}\n", subject, scope,
                               to_string(s.verdict.why().reason), s.verdict.why().detail);
        if (s.wrong) {
            std::string word;
            for (const std::string& symbol : s.wrong->word) word += symbol;
            return fmt::format("REFUTED {} does not simulate it {}: on {} it is wrong at time {} ({}), {:.2f} s\n",
                               subject, scope, base::quoted(word), s.wrong->time, s.wrong->why,
                               s.verdict.spent.seconds);
        }
        const std::string how =
            s.words ? fmt::format("{} evaluated exactly", base::counted(*s.words, "word"))
                    : fmt::format("construction rebuilt, {} pairs, 7 margins", subject_.normal.moves.size());
        return fmt::format("VERIFIED {} simulates it {} in {:.2f} s: {}\n", subject, scope, s.verdict.spent.seconds,
                           how);
    }

    int round(Session& session) const {
        const machines::FloatFormat& format =
            options_.format == "binary64" ? machines::binary64() : machines::binary32();
        const std::uint64_t steps = options_.steps.value_or(1000);
        if (steps > format.most_steps())
            throw base::UsageError(
                fmt::format("machine float: at most {} steps in {}", format.most_steps(), format.name));
        if (!options_.network.empty())
            throw base::UsageError("machine float: the network is the one that is built, without --network");
        const machines::RoundedRun run = machines::run_rounded(subject_.normal, subject_.normal.symbols_of(spelled_),
                                                               format, steps, session.limits());
        record::Machine record = this->record(session);
        record.word = spelled_word();
        record.rounding = record::machine_rounding(run, format);
        session.print(rounding_text(run, format, steps));
        if (run.stopped) note_stop(session, run.steps, *run.stopped);
        session.print_json(record::write(record));
        return run.wrong ? refuted : run.stopped ? undecided : success;
    }

    static std::string rounding_text(const machines::RoundedRun& run, const machines::FloatFormat& format,
                                     std::uint64_t steps) {
        if (const auto& w = run.wrong)
            return fmt::format(
                "FAILS in {} at step {} of {}: in cell {} the {} is time {}, the network reads time {} (score {} "
                "against {})\n",
                format.name, w->step, steps, w->cell, w->is_new ? "last step, since it is new," : "last visit",
                w->right, w->read, w->read_score, w->right_score);
        if (run.stopped)
            return fmt::format("UNDECIDED in {}: right for {} steps of {}\n", format.name, run.steps, steps);
        return fmt::format("RIGHT in {} for all {} steps: every cell is read where it was last written\n", format.name,
                           steps);
    }

    const MachineOptions& options_;
    std::vector<std::string> spelled_;  ///< the word
    certify::SimulationSubject subject_;
};

}  // namespace

int run_turing_action(Session& session, const MachineOptions& options) { return TuringActions(options).run(session); }

}  // namespace attest::cli
