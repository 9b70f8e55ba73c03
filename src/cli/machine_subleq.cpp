#include <fmt/format.h>

#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/verdict/verdict.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "certify/loops.hpp"
#include "keep.hpp"
#include "machine_options.hpp"
#include "record/machine.hpp"

// `attest machine` with a SUBLEQ program.

namespace attest::cli {

namespace {

using certify::LoopsDecided;
using machines::LoopOutcome;

constexpr std::uint64_t most_loops = 1000;

/// A decimal for people, of a bound: rounded up.
std::string upper_decimal(const exact::Rational& x) { return fmt::format("{:.3e}", x.get_d() * (1 + 1e-12)); }

/// A temperature as a person writes it: `15.47`, or p/q where hundredths do not say it.
std::string temperature_text(const exact::Rational& x) {
    const exact::Rational hundredths = x * 100;
    return hundredths.get_den() == 1 ? fmt::format("{:.2f}", x.get_d()) : exact::to_string(x);
}

class SubleqActions {
  public:
    explicit SubleqActions(const MachineOptions& options) : options_(options) {
        load();
        if (!options.temperature.empty()) {
            settings_.temperature = exact::parse_number(options.temperature, "--temperature");
            if (settings_.temperature <= 0 || settings_.temperature > 10000)
                throw base::UsageError("--temperature: expected a number above 0 and at most 10000");
        }
        settings_.snap = exact::parse_number(options.snap, "--snap");
        if (settings_.snap <= 0 || 2 * settings_.snap >= 1)
            throw base::UsageError("--snap: expected a number above 0 and below 1/2");
        refuse_others();
    }

    int run(Session& session) { return options_.action == "run" ? run_loops(session) : prove(session); }

  private:
    void load() {
        constexpr std::size_t prefix = 7;
        const std::string& operand = options_.machine;
        if (operand.starts_with("subleq:")) {
            file_.program = machines::parse_subleq_text(operand.substr(prefix));
            file_.bytes = machines::write_subleq(file_.program);
            return;
        }
        file_.bytes = base::read_file(operand);
        const base::Json document = base::Json::parse(file_.bytes, operand);
        file_.program =
            machines::read_subleq(base::JsonNode(document, operand), std::filesystem::path(operand).stem().string());
    }

    /// What means nothing of a SUBLEQ program.
    void refuse_others() const {
        if (options_.action == "export" || options_.action == "float")
            throw base::Unsupported(fmt::format(
                "machine {}: a SUBLEQ program is not exported or rounded, only run and proved", options_.action));
        if (options_.steps || options_.length || !options_.word.empty() || !options_.network.empty() ||
            !options_.accept.empty())
            throw base::UsageError(
                "--word, --steps, --length, --network and --accept are for Turing machines, not for SUBLEQ programs");
    }

    const machines::SubleqShape& shape() const { return file_.program.shape; }
    std::string shape_text() const {
        return fmt::format("{} columns, {} bits, {} rows", shape().columns(), shape().bits, shape().rows());
    }

    record::Machine record(const Session& session) const {
        record::Machine record;
        record.action = options_.action;
        record.machine = file_.program.name;
        record.kind = "subleq";
        record.seconds = session.seconds();
        return record;
    }

    int run_loops(Session& session) {
        const bool with_network = !options_.alone && !options_.temperature.empty();
        if (with_network && shape().columns() > 4096)
            throw base::Unsupported("a network of more than 4096 columns is not run; --alone runs the program");
        record::Machine record = this->record(session);
        record::Machine::Loops& loops = record.loops.emplace(record::machine_loops(shape()));
        if (with_network) {
            loops.temperature = exact::to_string(settings_.temperature);
            loops.snap = exact::to_string(settings_.snap);
            loops.overflows = machines::overflows_binary64(shape(), settings_.temperature);
        }
        machines::SubleqRun program(file_.program);
        const std::string end = go(session, program, loops, with_network);
        record.seconds = session.seconds();
        session.print(run_text(program, end, loops));
        if (end.starts_with("stopped")) session.note(end);
        if (loops.trace)
            for (const std::string& line : *loops.trace) session.print_verbatim(line + "\n");
        session.print_json(record::write(record));
        if (loops.wrong) return refuted;
        return end.starts_with("stopped") || end.starts_with("not told") ? undecided : success;
    }

    /// Gives how it ended.
    std::string go(const Session& session, machines::SubleqRun& program, record::Machine::Loops& loops,
                   bool with_network) const {
        const std::uint64_t most = options_.loops.value_or(most_loops);
        const base::Limits limits = session.limits();
        if (options_.trace) loops.trace.emplace();
        std::string end = fmt::format("after {} it has not halted", base::counted(most, "loop"));
        while (program.loops() < most) {
            if (const auto limit = limits.exceeded()) {
                end = fmt::format("stopped after {}: {}", base::counted(program.loops(), "loop"),
                                  to_string(verdict::reason_of(*limit)));
                break;
            }
            if (program.halts()) {
                end = fmt::format("halts after {}", base::counted(program.loops(), "loop"));
                break;
            }
            machines::SubleqRun after = program;
            const machines::SubleqStep step = after.step();
            if (with_network && !after.ran_off()) {
                const LoopOutcome outcome = machines::loop(file_.program, program, settings_);
                if (outcome.answer == LoopOutcome::Answer::wrong) {
                    record::add_outcome(loops, after.loops(), outcome);
                    end = wrong_text(after.loops(), outcome);
                    break;
                }
                if (outcome.answer == LoopOutcome::Answer::unclear) {
                    end = fmt::format("not told: loop {}, {}", after.loops(), outcome.place);
                    break;
                }
            }
            if (options_.trace) {
                loops.trace->push_back(machines::trace_line(file_.program, step));
                loops.trace->back().pop_back();
            }
            program = after;
            if (program.ran_off()) {
                end = fmt::format("runs off its end after {}, where the network has no column to go to",
                                  base::counted(program.loops(), "loop"));
                break;
            }
        }
        loops.loops = program.loops();
        loops.halted = !program.ran_off() && program.halts();
        loops.cells = program.memory();
        return end;
    }

    static std::string wrong_text(std::size_t loop, const LoopOutcome& outcome) {
        return fmt::format("the network goes wrong in loop {}: {} is in [{}, {}] before the last layer, not near to {}",
                           loop, outcome.place, outcome.lower, outcome.upper, outcome.expected);
    }

    std::string run_text(const machines::SubleqRun& program, const std::string& end,
                         const record::Machine::Loops& loops) const {
        std::string cells;
        for (const std::int64_t value : program.memory()) cells += fmt::format("{}{}", cells.empty() ? "" : " ", value);
        std::string text =
            fmt::format("{} ({}): {}\n  memory: {}\n", base::named(file_.program.name), shape_text(), end, cells);
        if (loops.temperature && !loops.wrong && !program.ran_off())
            text += fmt::format("  the network at temperature {} made the same of every loop\n",
                                temperature_text(settings_.temperature));
        if (loops.overflows.value_or(false)) text += overflow_text();
        return text;
    }

    std::string overflow_text() const {
        return fmt::format(
            "  exp({} · {}) is beyond binary64: a softmax that does not take the maximum off first gives NaN\n",
            temperature_text(settings_.temperature), shape().code_bits());
    }

    int prove(Session& session) {
        const bool least = options_.temperature.empty();
        if (least) {
            const auto temperature = machines::least_temperature(shape(), settings_.snap);
            if (!temperature)
                throw base::Unsupported("no temperature up to 10000 is certified for this shape and snap");
            settings_.temperature = *temperature;
        }
        certify::Archive archive(options_.directory.empty() ? std::nullopt : std::optional(options_.directory));
        session.progress("bounding the errors of a loop");
        const LoopsDecided d =
            certify::decide_loops(file_, settings_, options_.loops.value_or(most_loops), session.limits(), archive);
        finish_certificate(session, archive, {""});
        record::Machine record = this->record(session);
        record.proof = record::Machine::Proof();
        record.loops = record::machine_loops(shape(), d, *record.proof);
        session.print(proof_text(d, least));
        session.print_json(record::write(record));
        return d.verdict.holds() ? success : d.verdict.fails() ? refuted : undecided;
    }

    std::string proof_text(const LoopsDecided& d, bool least) const {
        const std::string subject = fmt::format(
            "one loop is one step, for all well-formed programs of this shape ({}) and all memories, at temperature {}",
            shape_text(), temperature_text(settings_.temperature));
        const std::string overflow =
            machines::overflows_binary64(shape(), settings_.temperature) ? overflow_text() : "";
        if (d.verdict.is_undecided())
            return fmt::format("UNDECIDED whether {}: {}: {}\n", subject, to_string(d.verdict.why().reason),
                               d.verdict.why().detail) +
                   overflow;
        if (d.wrong)
            return fmt::format("REFUTED not: {}: of {} {} ({:.2f} s)\n", subject, base::named(file_.program.name),
                               wrong_text(d.wrong->loop, d.wrong->outcome), d.verdict.spent.seconds) +
                   overflow;
        return fmt::format("VERIFIED {}{}: errors are at most {} before a snap of {} ({:.2f} s)\n", subject,
                           least ? ", the least in hundredths that is certified" : "",
                           upper_decimal(d.errors->greatest()), exact::to_string(settings_.snap),
                           d.verdict.spent.seconds) +
               overflow;
    }

    const MachineOptions& options_;
    certify::SubleqFile file_;
    machines::LoopSettings settings_;
};

}  // namespace

int run_subleq_action(Session& session, const MachineOptions& options) { return SubleqActions(options).run(session); }

}  // namespace attest::cli
